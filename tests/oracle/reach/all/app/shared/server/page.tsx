import { SharedBoth } from '@/components/shared-both';

export default function Page() {
  return <SharedBoth />;
}

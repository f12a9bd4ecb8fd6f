import { Inline } from '@/components/inline';

export default function Page() {
  return <Inline />;
}

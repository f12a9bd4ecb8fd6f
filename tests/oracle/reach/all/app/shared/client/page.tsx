import { SharedClient } from '@/components/shared-client';

export default function Page() {
  return <SharedClient />;
}

import { ImportingForClient } from '@/components/importing-for-client';

export default function Page() {
  return <ImportingForClient />;
}

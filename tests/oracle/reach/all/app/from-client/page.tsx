import { FromClient } from '@/components/from-client';

export default function Page() {
  return <FromClient />;
}

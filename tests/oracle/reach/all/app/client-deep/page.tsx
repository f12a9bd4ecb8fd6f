import { ClientDeep } from '@/components/client-deep';

export default function Page() {
  return <ClientDeep />;
}

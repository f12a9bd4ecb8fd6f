import { ClientBarrel } from '@/components/client-barrel';

export default function Page() {
  return <ClientBarrel />;
}

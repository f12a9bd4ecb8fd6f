import { ClientUnused } from '@/components/client-unused';

export default function Page() {
  return <ClientUnused />;
}

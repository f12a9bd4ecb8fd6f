import { ClientUnusedJs } from '@/components/client-unused-js';

export default function Page() {
  return <ClientUnusedJs />;
}

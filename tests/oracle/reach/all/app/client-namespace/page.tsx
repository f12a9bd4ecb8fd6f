import { ClientNamespace } from '@/components/client-namespace';

export default function Page() {
  return <ClientNamespace />;
}

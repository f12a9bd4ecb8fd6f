import { ClientImport } from '@/components/client-import';

export default function Page() {
  return <ClientImport />;
}

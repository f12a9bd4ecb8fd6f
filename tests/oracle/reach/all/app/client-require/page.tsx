import { ClientRequire } from '@/components/client-require';

export default function Page() {
  return <ClientRequire />;
}

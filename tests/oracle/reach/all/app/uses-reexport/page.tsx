import { UsesReexport } from '@/components/uses-reexport';

export default function Page() {
  return <UsesReexport />;
}

import { SameFileUsed } from '@/components/same-file';

export default function Page() {
  return <SameFileUsed />;
}

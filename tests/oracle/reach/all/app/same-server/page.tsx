import { SameServerUsed } from '@/components/same-server';

export default function Page() {
  return <SameServerUsed />;
}

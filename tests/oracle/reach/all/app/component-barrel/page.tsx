import { ComponentBarrelOne } from '@/components/barrel';

export default function Page() {
  return <ComponentBarrelOne />;
}

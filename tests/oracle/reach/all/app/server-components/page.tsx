import { ServerComponentsOne } from '@/components/server-barrel';

export default function Page() {
  return <ServerComponentsOne />;
}

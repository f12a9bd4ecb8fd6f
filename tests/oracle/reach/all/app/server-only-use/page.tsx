import { load } from '@/lib/server-code';

export default async function Page() {
  return <p>{await load()}</p>;
}

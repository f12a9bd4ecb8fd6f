import type { typeOnly } from '@/actions/type-only';

type Action = typeof typeOnly;
const name: keyof Action = 'name';

export default function Page() {
  return <p>{name}</p>;
}

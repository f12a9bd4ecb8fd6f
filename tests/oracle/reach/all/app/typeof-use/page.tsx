import { typeofUse } from '@/actions/typeof-use';

type Action = typeof typeofUse;
const name: keyof Action = 'name';

export default function Page() {
  return <p>{name}</p>;
}

import { type inlineType } from '@/actions/inline-type';

type Action = typeof inlineType;
const name: keyof Action = 'name';

export default function Page() {
  return <p>{name}</p>;
}

import { clientDeep } from '@/actions/client-deep';

/** No directive: a client component because a client component imports it. */
export function Deeper() {
  return <button onClick={() => clientDeep('x')}>send</button>;
}

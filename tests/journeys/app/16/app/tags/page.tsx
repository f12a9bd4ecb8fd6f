import { read } from '@/lib/store';
import { show, update } from './actions';

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <form action={update}>
      <p>{read().log.length} lines</p>
      <button>update</button>
      <button formAction={show}>show</button>
    </form>
  );
}

import { unstable_cache } from 'next/cache';
import { read } from '@/lib/store';
import { show, update } from './actions';
import { Trim } from './trim';

export const dynamic = 'force-dynamic';

const cached = unstable_cache(async () => read().log.length, ['lines'], { tags: ['log'] });

export default async function Page() {
  return (
    <>
      <h1>Tags</h1>
      <p>{await cached()} lines in the cache</p>
      <p>{read().log.length} lines</p>
      <form action={update}>
        <button id="update-log">update</button>
      </form>
      <form action={show}>
        <button id="show-log">show</button>
      </form>
      <Trim />
    </>
  );
}

import { read } from '@/lib/store';
import { lines, post, reset, signIn } from './actions';

export const dynamic = 'force-dynamic';

export default async function Page({ searchParams }: { searchParams: Promise<{ problem?: string }> }) {
  const { problem } = await searchParams;
  return (
    <>
      <h1>Server</h1>
      <p id="lines">{await lines()} lines</p>
      <p id="log">{read().log.join(' | ')}</p>
      {problem && <p id="problem">{problem}</p>}
      <form action={post}>
        <input name="text" data-unread />
        <button id="post">post</button>
        <button id="clear-log" formAction={reset}>
          reset
        </button>
      </form>
      <form action={signIn}>
        <input name="user" data-unread />
        <button id="sign-in">sign in</button>
      </form>
    </>
  );
}

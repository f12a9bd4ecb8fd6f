import { read } from '@/lib/store';
import { Remove, Set } from './by-name';
import { Poll } from './poll';
import { Vote } from './vote';

export default function Page() {
  return (
    <>
      <h1>Votes</h1>
      <ul id="standing">
        {Object.entries(read().votes).map(([name, count]) => (
          <li key={name}>{`${name} has ${count}`}</li>
        ))}
      </ul>
      <Vote name="tea" />
      <Vote name="" />
      <Poll />
      <Set name="hot milk" count={7} />
      <Set name="water" count={-1} />
      <Remove name="tea" />
      <Remove name="water" />
      <form action="/api/votes/clear" method="post">
        <input name="except" />
        <button id="clear">clear</button>
      </form>
    </>
  );
}

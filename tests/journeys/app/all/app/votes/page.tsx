import { Poll } from './poll';
import { Vote } from './vote';

export default function Page() {
  return (
    <>
      <h1>Votes</h1>
      <Vote name="tea" />
      <Vote name="" />
      <Poll />
    </>
  );
}

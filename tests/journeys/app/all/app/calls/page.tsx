import { Calls } from './calls';
import { List } from './list';
import { countItems } from './actions';

export const dynamic = 'force-dynamic';

export default async function Page() {
  return (
    <>
      <h1>Calls</h1>
      <p id="counted">counted {await countItems()}</p>
      <List />
      <Calls />
    </>
  );
}

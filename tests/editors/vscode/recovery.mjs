// The server is killed, and comes back.
import { HANDLER, REVIEWS } from './tour.mjs';
import { until } from './window.mjs';

const STOCK = 'app/api/stock/route.ts';

export async function recovery(window, { check, servers }) {
  await window.go(REVIEWS, "'/api/reviews/'", 3);
  await window.hover('/api/reviews/[id]');
  const [first] = servers();
  check('a server runs', servers().length === 1);

  const text = window.read(STOCK);
  await window.open(STOCK);
  await window.press('Control+End', 'Enter');
  await window.page.keyboard.insertText('export async function DELETE() { return new Response(null); }\n');
  await window.run('View: Show Routewright');
  const known = () => until(async () => (await window.tree()).some((row) => /^2 \/api\/stock, .*DELETE/.test(row)), 15000);
  check('what isn’t saved yet is known', await known(), (await window.tree()).join(' | '));

  process.kill(first, 'SIGKILL');
  const next = () => servers().find((pid) => pid !== first);
  check('a server that is killed comes back', await until(next, 15000));
  check('… knowing what isn’t saved yet', await known(), (await window.tree()).join(' | '));
  await window.open(STOCK);
  const lens = await until(async () => (await window.lenses()).length > 0 || servers().length === 1);
  check('… once', lens && servers().length === 1, servers().join(' '));
  await window.go(REVIEWS, "'/api/reviews/'", 3);
  const shown = await window.hover('/api/reviews/[id]');
  check('… and answers', shown.includes('DELETE'), shown);
  await window.press('Escape', 'F12');
  check('… and leads', await window.arrives(`${HANDLER}:4`), await window.where());
  check('nothing was saved by that', window.read(STOCK) === text);

  await window.run('Routewright: Restart Server');
  const [second] = [next()];
  check('Restart Server', await until(() => servers().length === 1 && servers()[0] !== second, 15000), servers().join(' '));
  check('… knowing what isn’t saved yet', await known(), (await window.tree()).join(' | '));
  await window.open(STOCK);
  await window.run('File: Revert File');
  const isGone = async () => !(await window.tree()).some((row) => /^2 \/api\/stock, .*DELETE/.test(row));
  check('what is taken back is forgotten', await until(isGone, 15000), (await window.tree()).join(' | '));
}

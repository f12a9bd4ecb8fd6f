// A workspace that isn't trusted: nothing of it is executed, and everything is answered all the same.
import { BOX } from './tour.mjs';
import { until } from './window.mjs';

export async function restricted(window, { check, bundled, own }) {
  const isSaid = () => window.page.getByText('Restricted Mode').first().isVisible();
  check('the editor runs in restricted mode', await until(isSaid));
  await window.go(BOX, 'addToCart, ');
  const shown = await window.hover('Server Action');
  check('hover on an action', shown.includes('/product/[slug]'), shown);
  check('by the server that came with the extension', bundled().length === 1);
  check('not by the project’s own', own().length === 0);
}

// The extension's pictures: parts of a window, so that their text can be read where they are shown.
import { join } from 'node:path';
import { CART } from './tour.mjs';
import { until } from './window.mjs';

export async function pictures(window, { check, images }) {
  const take = async (name, clip) => {
    // no pointer, no tooltip in the picture
    await window.page.mouse.move(1200, 885);
    await window.page.waitForTimeout(400);
    await window.page.screenshot({ path: join(images, `${name}.png`), clip });
  };
  const lensed = async () => (await window.lenses()).some((lens) => lens.includes('2 callers'));
  await window.go(CART, 'addItem(');
  check('lenses are there', await until(lensed, 20000), (await window.lenses()).join(' | '));
  // beside what TypeScript says
  const both = async () => {
    const shown = await window.hover('/product/[slug]');
    return shown.includes('function addItem(') && !shown.includes('(loading...)');
  };
  check('a hover is there', await until(both, 30000));
  await take('hover', { x: 352, y: 170, width: 980, height: 260 });
  await window.press('Escape');
  await window.menu('Convert to Route Handler');
  await take('convert', { x: 352, y: 280, width: 900, height: 400 });
  await window.press('Escape');

  await window.run('Routewright: Go to Endpoint');
  // typed before the list is there, it would be written into the file
  await window.rows('/_health');
  await window.fill('products');
  const fits = async () => (await window.rows('PATCH')).every((row) => row.includes('products'));
  check('the list is filtered', await until(fits));
  await take('pick', { x: 400, y: 0, width: 640, height: 250 });
  await window.press('Escape');

  await window.run('View: Show Routewright');
  // a little wider than it comes
  await window.page.mouse.move(351, 300);
  await window.page.mouse.down();
  await window.page.mouse.move(396, 300, { steps: 5 });
  await window.page.mouse.up();
  await window.unfold('Server Actions, ');
  await window.unfold('/api/products/[slug], ');
  await window.go(CART, 'addItem(');
  await window.press('Escape', 'Control+1');
  check('lenses are there again', await until(lensed), (await window.lenses()).join(' | '));
  await take('tree', { x: 0, y: 0, width: 1000, height: 810 });
}

// The extension's pictures: parts of a window, so that their text can be read where they are shown.
import { join } from 'node:path';
import { BOX, CART, REVIEWS } from './tour.mjs';
import { until } from './window.mjs';

export async function pictures(window, { check, images }) {
  const take = async (name, clip) => {
    // no pointer, no tooltip in the picture
    await window.page.mouse.move(1200, 885);
    await window.page.waitForTimeout(400);
    await window.page.screenshot({ path: join(images, `${name}.png`), clip });
  };
  // TypeScript's answers stand beside ours
  await window.go(CART, 'addItem(');
  const both = await until(async () => (await window.hover('/product/[slug]')).includes('function addItem('), 30000);
  check('both answers are there', both);
  await window.run('View: Show Routewright');
  await window.press('Escape');
  await until(async () => (await window.tree()).length > 10);
  await window.unfold('Server Actions, ');
  await window.unfold('addItem, ').catch(() => {});
  await window.unfold('/api/products/[slug], ');
  await window.open(CART);
  await take('tree', { x: 0, y: 0, width: 1180, height: 720 });

  await window.run('View: Toggle Primary Side Bar Visibility');
  await window.go(REVIEWS, "'/api/reviews/'", 3);
  await window.hover('/api/reviews/[id]');
  await take('hover', { x: 56, y: 330, width: 900, height: 250 });
  await window.press('Escape');

  await window.go(CART, 'addItem(');
  await window.menu('Convert to Route Handler');
  await take('convert', { x: 56, y: 270, width: 1000, height: 420 });
  await window.press('Escape');

  await window.open(BOX);
  await window.run('Routewright: Go to Endpoint');
  await window.fill('products');
  await window.rows('PATCH  /api/products/[slug]');
  await take('pick', { x: 400, y: 0, width: 640, height: 260 });
  await window.press('Escape');
}

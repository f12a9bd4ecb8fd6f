// What is here, who calls it, what changes outside. With the server that comes with the extension.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { until } from './window.mjs';

export const REVIEWS = 'app/(shop)/_components/reviews.tsx';
export const BOX = 'app/(shop)/_components/buy-box.tsx';
export const CART = 'actions/cart.ts';
export const HANDLER = 'app/api/reviews/[id]/route.ts';
const URL = "'/api/reviews/'";

/** How often a text stands in another. */
const times = (text, part) => text.split(part).length - 1;

export async function tour(window, { check, time, keep }) {
  const started = performance.now();
  await window.go(REVIEWS, URL, 3);
  let shown = await window.hover('/api/reviews/[id]');
  time('cold start to first hover', performance.now() - started);
  check('hover on a fetch URL', shown.includes('DELETE') && shown.includes('answers 204, 404'), shown);
  await keep('hover-url');
  await window.press('Escape', 'F12');
  check('definition from a fetch URL', await window.arrives(`${HANDLER}:4`), await window.where());

  // In the middle of its first look at the project TypeScript's server leads to the import. It is asked again
  // until it knows better: from here on it has a say in everything.
  await window.open(BOX);
  const jumped = await until(async () => {
    await window.go(BOX, 'addToCart, ');
    await window.press('F12');
    return window.arrives(`${CART}:14`, 1500);
  }, 30000);
  check('definition from an action in a hook, one target beside TypeScript', jumped, await window.where());
  check('… without a peek of two', (await window.all('.peekview-widget').count()) === 0);

  await window.go(CART, 'addItem(');
  // the pages that carry it are found behind everything else, and TypeScript takes its time
  await until(async () => {
    shown = await window.hover('/product/[slug]');
    return shown.includes('function addItem(');
  }, 30000);
  for (const words of ['POST', '/product/[slug]', 'Server Action', 'revalidates', '2 call sites']) {
    check(`hover on an action: ${words}`, shown.includes(words), shown);
  }
  const twice = ['Server Action', 'function addItem('].filter((part) => times(shown, part) !== 1);
  check('hover says what TypeScript says, and ours, once each', twice.length === 0, shown);
  await keep('hover');
  await window.press('Escape');

  const peek = async (what, key, expected, name) => {
    await window.press(key);
    const listed = await until(async () => {
      const rows = await window.peeked();
      return rows.length === expected.length && expected.every((part) => rows.some((row) => row.includes(part))) && rows;
    });
    check(what, listed, (await window.peeked()).join(' | '));
    if (name) await keep(name);
    await window.press('Escape');
  };
  // TypeScript's names, and ours, that the form posts to it: none twice
  const uses = ['addItem as addToCart', 'addItem as addToCart', 'useActionState(addToCart', 'action={formAction}'];
  await peek('references of an action, none twice', 'Shift+F12', ['function addItem(', ...uses], 'references');
  await window.go(HANDLER, 'DELETE');
  await peek('references of a handler', 'Shift+F12', ['const DELETE', "fetch('/api/reviews/'"]);

  await symbols(window, check);
  await pick(window, check, keep);
  await lens(window, check, keep);
  await tree(window, check, keep);
  await settings(window, check);
  await copies(window, check);
}

async function symbols(window, check) {
  await window.ask('Control+t', '#DELETE reviews');
  const rows = await window.rows('DELETE /api/reviews/[id]', 15000);
  const ours = rows.filter((row) => row.includes('/api/reviews/[id]'));
  check('endpoint symbols', ours.length > 0 && rows[0].startsWith('DELETE /api/reviews/[id]'), rows.join(' | '));
  await window.press('Enter');
  check('… and the way to one', await window.arrives(`${HANDLER}:4`), await window.where());
}

async function pick(window, check, keep) {
  await window.run('Routewright: Go to Endpoint');
  const all = await window.rows('/_health', 15000);
  check('Go to Endpoint lists everything', all.length > 10, all.join(' | '));
  await window.fill('products');
  const rows = () => window.rows('PATCH  /api/products/[slug]');
  const fits = await until(async () => (await rows()).every((row) => row.includes('products')) && (await rows()).length > 5);
  check('… by what is typed', fits, (await rows()).join(' | '));
  await keep('pick');
  await window.fill('reviews delete');
  check('… words in any order', (await until(async () => (await window.rows('DELETE')).length === 1)) === true);
  await window.press('Enter');
  check('… and jumps', await window.arrives(`${HANDLER}:4`), await window.where());
}

async function lens(window, check, keep) {
  await window.go(CART, 'addItem(');
  const first = await until(async () => (await window.lenses())[0], 10000);
  check('lens above an action', first === 'POST · 1 page · 2 callers', first);
  await window.all('.codelens-decoration a').first().click();
  const rows = await until(async () => (await window.peeked()).length === 2 && window.peeked());
  check('… and its click shows the callers', rows?.[0]?.includes('useActionState(addToCart'), rows?.join(' | '));
  await keep('lens');
  await window.press('Escape');
}

async function tree(window, check, keep) {
  await window.run('View: Show Routewright');
  const isWhole = (row) => /^1 shop, Next 16\.\S+ · 46 endpoints$/.test(row ?? '');
  await until(async () => isWhole((await window.tree())[0]));
  const all = await window.tree();
  check('tree: the application', isWhole(all[0]), all[0]);
  check('tree: a URL with its methods', all.includes('2 /api/products/[slug], GET, PUT, PATCH, DELETE'), all.join(' | '));
  await window.unfold('/api/products/[slug], ');
  const methods = await until(async () => {
    const rows = await window.tree();
    return rows.some((row) => row.startsWith('3 DELETE')) && rows.filter((row) => row.startsWith('3 '));
  });
  check('tree: a method with its place', methods?.[0] === '3 GET, route.ts:17', methods?.join(' | '));
  await window.unfold('Server Actions, ');
  const actions = await until(async () => (await window.tree()).find((row) => row.startsWith('3 addItem, /product/[slug]')));
  check('tree: an action with its page', actions, (await window.tree()).join(' | '));
  await keep('tree');
  await window.row('DELETE, route.ts').click();
  check('tree: a click opens it', await window.arrives('app/api/products/[slug]/route.ts:39'), await window.where());

  const stars = 'app/api/stars/route.ts';
  const path = join(window.app, stars);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'export async function GET() {\n  return Response.json(5);\n}\n');
  const seen = (row) => until(async () => (await window.tree()).includes(row), 15000);
  check('a file made outside of the editor is in the tree', await seen('2 /api/stars, GET'), (await window.tree()).join(' | '));
  writeFileSync(path, 'export async function PUT() {\n  return Response.json(5);\n}\n');
  check('… changed there', await seen('2 /api/stars, PUT'), (await window.tree()).join(' | '));
  rmSync(dirname(path), { recursive: true });
  const isGone = async () => !(await window.tree()).some((row) => row.includes('/api/stars'));
  check('… removed there', await until(isGone, 15000), (await window.tree()).join(' | '));
}

/** Each in effect in the window that is open. */
async function settings(window, check) {
  await window.go(CART, 'addItem(');
  const lenses = (wanted) => until(async () => (await window.lenses()).length > 0 === wanted);
  // not the moment in which the file was just opened
  await lenses(true);
  window.configure({ 'routewright.codeLens': false });
  check('codeLens off: no lens any more', await lenses(false));
  window.configure({});
  check('codeLens on: there they are', await lenses(true));

  await window.go(REVIEWS, URL, 3);
  // what isn't to come is given some time, too
  const shows = async (wanted) => (await window.hover('/api/reviews/[id]', wanted ? 5000 : 700)).includes('/api/reviews/[id]') === wanted;
  window.configure({ 'routewright.hover': false });
  check('hover off: nothing of ours', await until(() => shows(false), 15000));
  window.configure({ 'routewright.inlayHints': true });
  check('hover on, at once', await until(() => shows(true), 15000));
  await window.press('Escape');
  const hints = async () => (await window.texts('.view-line')).some((line) => line.includes('DELETE ↗'));
  check('inlayHints on: a hint behind the call', await until(hints), (await window.texts('.view-line')).join(' | '));
  window.configure({});
}

async function copies(window, check) {
  const copied = () => window.page.evaluate(() => navigator.clipboard.readText());
  const after = async (title, part) => {
    await window.go(REVIEWS, URL, 3);
    await window.run(title);
    check(title, await until(async () => (await copied()).includes(part)), await copied());
  };
  await after('Routewright: Copy URL', '/api/reviews/[id]');
  await window.go(HANDLER, 'DELETE');
  await window.run('Routewright: Copy as curl');
  check('Routewright: Copy as curl', await until(async () => /^curl .*-X DELETE .*reviews/m.test(await copied())), await copied());
}

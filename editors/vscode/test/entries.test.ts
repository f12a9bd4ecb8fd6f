import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entries, matching } from '../src/endpoints/entries';
import { application, elsewhere, endpoint, SHOP } from './shop';

const ADMIN = application('admin', [endpoint('GET /api/users/[id] ../admin/app/api/users/[id]/route.ts:3')]);
const drawn = (all: ReturnType<typeof entries>): string[] => all.map(({ label, description }) => `${label} | ${description}`);

test('what the list shows, in its order', () => {
  assert.deepEqual(drawn(entries([SHOP], undefined, elsewhere)), [
    'GET  /api/products | app/api/products/route.ts',
    'POST  /api/products | app/api/products/route.ts',
    'GET  /api/products/featured | app/api/products/featured/route.ts',
    'DELETE  /api/products/[slug] | app/api/products/[slug]/route.ts',
    'any  /api/legacy | pages/api/legacy.ts',
    'POST  (anonymous) | app/page.tsx',
    'POST  addItem | 2 pages · actions/cart.ts',
    'POST  redeem | on no page · actions/cart.ts',
    'POST  setQuantity | /cart · actions/cart.ts',
    'GET  /icon.svg | app/icon.svg',
  ]);
});

test('the active application comes first', () => {
  const names = (active: string | undefined): string[] => [
    ...new Set(entries([SHOP, ADMIN], active, elsewhere).map((entry) => entry.application.name)),
  ];
  assert.deepEqual(names(undefined), ['admin', 'shop']);
  assert.deepEqual(names('file:///code/shop/app/page.tsx'), ['shop', 'admin']);
});

test('queries: by URL, method, name, page and file, in any order', () => {
  const all = entries([SHOP], undefined, elsewhere);
  const found = (query: string): string[] => matching(all, query).map(({ label }) => label);
  assert.equal(found('').length, all.length);
  assert.deepEqual(found('post products'), ['POST  /api/products']);
  assert.deepEqual(found('slug DELETE'), ['DELETE  /api/products/[slug]']);
  assert.deepEqual(found('/api/products/['), ['DELETE  /api/products/[slug]']);
  assert.deepEqual(found('setq'), ['POST  setQuantity']);
  assert.deepEqual(found('/cart'), ['POST  addItem', 'POST  redeem', 'POST  setQuantity'], 'pages and files');
  assert.deepEqual(found('legacy any'), ['any  /api/legacy']);
  assert.deepEqual(found('curl -X POST http://localhost:3000/api/products'), []);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Application, Endpoint } from '../src/protocol';
import { applicationOf, rows, type Row } from '../src/endpoints/rows';
import { application, elsewhere, endpoint, SHOP } from './shop';

/** The tree as it is read; `-` unfolded, `+` folded. */
function drawn(all: Row[], depth = 0): string {
  return all
    .map((row) => {
      const fold = row.children.length === 0 ? ' ' : row.open ? '-' : '+';
      const line = `${'  '.repeat(depth)}${fold} ${row.label}  ${row.description}`.trimEnd();
      return [line, drawn(row.children, depth + 1)].filter(Boolean).join('\n');
    })
    .join('\n');
}

function check(applications: Application[], lead: string | undefined, expected: string): void {
  assert.equal(drawn(rows(applications, { lead, elsewhere })), expected.replace(/^\n/, '').trimEnd());
}

test('application, URL, method; actions and their pages', () => {
  check([SHOP], undefined, `
- shop  Next 16.4.6 · 10 endpoints
  + Server Actions  4
    + addItem  2 pages
        /product/[slug]
        /cart
      setQuantity  /cart
      redeem  on no page
      (anonymous)  inline
    /api/legacy  any
  + /api/products  GET, POST
      GET  route.ts:6
      POST  route.ts:11
    /api/products/featured  GET
    /api/products/[slug]  DELETE
  + Metadata  1
      /icon.svg  GET
`);
});

test('many URLs are read by folder', () => {
  const urls = (n: number): Endpoint[] => Array.from({ length: n }, (_, i) => endpoint(`GET /api/admin/x${100 + i} app/route.ts`));
  const few = rows([application('web', urls(60))], { lead: undefined, elsewhere });
  assert.equal(few[0]?.children.length, 60);
  const more = ['GET /api/admin app/route.ts', 'POST /api/admin app/route.ts', 'GET /api/one/[id] app/route.ts', 'GET /feed.xml app/route.ts'];
  const [web] = rows([application('web', [...urls(59), ...more.map((said) => endpoint(said))])], { lead: undefined, elsewhere });
  assert.deepEqual(
    web?.children.map(({ label, description }) => `${label} ${description}`),
    ['/api/admin 60 URLs', '/api/one/[id] GET', '/feed.xml GET'],
  );
  const inside = web?.children[0]?.children ?? [];
  assert.deepEqual(
    inside.slice(0, 2).map(({ label, url, description }) => [label, url, description]),
    [
      ['/api/admin', '/api/admin', 'GET, POST'],
      ['/x100', '/api/admin/x100', 'GET'],
    ],
  );
});

test('the application of the active editor comes first and unfolded', () => {
  const two = [application('admin', [endpoint('GET /a app/a/route.ts')]), application('web', [endpoint('GET /w app/w/route.ts')])];
  check(two, undefined, `
+ admin  Next 16.4.6 · 1 endpoint
    /a  GET
+ web  Next 16.4.6 · 1 endpoint
    /w  GET
`);
  check(two, 'file:///code/web', `
- web  Next 16.4.6 · 1 endpoint
    /w  GET
+ admin  Next 16.4.6 · 1 endpoint
    /a  GET
`);
});

test('what applications share is no application and comes last', () => {
  const shared = application('Shared packages', [endpoint('action ban lib/ban.ts')], { uri: null, next: null });
  check([shared, application('web', [])], undefined, `
  web  Next 16.4.6 · 0 endpoints
+ Shared packages  1 endpoint
  + Server Actions  1
      ban  on no page
`);
});

test('no endpoints, no version', () => {
  check([], undefined, '');
  check([application('new', [], { next: null })], undefined, '  new  0 endpoints');
});

test('each row is there once', () => {
  const twice = ['file:///code/shop', 'file:///code/shop2'].map((uri) =>
    application('shop', [endpoint('GET /x app/x/route.ts'), endpoint('GET /x app/(y)/x/route.ts'), endpoint('action a a.ts:1'), endpoint('action a a.ts:9')], { uri }),
  );
  const ids: string[] = [];
  const collect = (all: Row[]): void => all.forEach((row) => (ids.push(row.id), collect(row.children)));
  collect(rows(twice, { lead: undefined, elsewhere }));
  assert.equal(new Set(ids).size, ids.length, ids.join('\n'));
});

test('what is folded stays folded: rows keep their identity when others come and go', () => {
  const id = (all: Row[], label: string): string | undefined =>
    all.flatMap((row) => [row, ...row.children]).find((row) => row.label === label)?.id;
  const before = rows([SHOP], { lead: SHOP.uri, elsewhere });
  const more = { ...SHOP, endpoints: [endpoint('GET /aaa app/aaa/route.ts'), ...SHOP.endpoints] };
  const after = rows([more], { lead: SHOP.uri, elsewhere });
  for (const label of ['shop', 'Server Actions', '/api/products']) {
    assert.equal(id(after, label), id(before, label), label);
  }
});

test('where a click goes, and what is copied', () => {
  const all = rows([SHOP], { lead: undefined, elsewhere })[0]?.children ?? [];
  const find = (label: string): Row | undefined => all.flatMap((row) => [row, ...row.children]).find((row) => row.label === label);
  assert.equal(find('/api/legacy')?.file, 'pages/api/legacy.ts');
  assert.equal(find('/api/products')?.endpoint, undefined, 'two methods: it unfolds');
  assert.equal(find('/api/products')?.url, '/api/products');
  assert.equal(find('setQuantity')?.url, '/cart');
  assert.equal(find('redeem')?.url, undefined);
  assert.equal(find('redeem')?.idle, true);
  assert.equal(find('(anonymous)')?.idle, false, 'not known yet');
});

test('a file belongs to the deepest application, however its URI is written', () => {
  const outer = application('outer', [], { uri: 'file:///code/mono' });
  const inner = application('inner', [], { uri: 'file:///code/mono/apps/%5Bx%5D/' });
  const of = (uri: string): string | undefined => applicationOf([outer, inner], uri)?.name;
  assert.equal(of('file:///code/mono/apps/[x]/app/page.tsx'), 'inner');
  assert.equal(of('file:///code/mono/apps/%5Bx%5D/app/page.tsx'), 'inner');
  assert.equal(of('file:///code/mono/apps/y.ts'), 'outer');
  assert.equal(of('file:///code/monolith/y.ts'), undefined);
});

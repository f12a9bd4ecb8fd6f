// Endpoints as the server sends them, for tests.

import type { Application, Endpoint } from '../src/protocol';

/** `GET /api/users app/api/users/route.ts:6`, `action save actions/save.ts:3`, `any …` */
export function endpoint(said: string, more: Partial<Endpoint> = {}): Endpoint {
  const [first = '', second = '', place = ''] = said.split(' ');
  const [file = '', line = '1'] = place.split(':');
  const start = { line: Number(line) - 1, character: 16 };
  const action = first === 'action';
  return {
    kind: action ? 'action' : file.includes('pages/api') ? 'pages-api' : 'route',
    method: action ? 'POST' : first === 'any' ? '*' : first,
    url: action ? null : second,
    name: action ? (second === '?' ? '$$RSC_SERVER_ACTION_0' : second) : first,
    inline: false,
    location: { uri: `file:///code/shop/${file}`, range: { start, end: { ...start, character: 20 } } },
    pages: action ? [] : null,
    id: null,
    ...more,
  };
}

export function application(name: string, endpoints: Endpoint[], more: Partial<Application> = {}): Application {
  return { name, uri: `file:///code/${name}`, next: '16.4.6', endpoints, ...more };
}

export const SHOP = application('shop', [
  endpoint('POST /api/products app/api/products/route.ts:11'),
  endpoint('GET /api/products app/api/products/route.ts:6'),
  endpoint('DELETE /api/products/[slug] app/api/products/[slug]/route.ts:39'),
  endpoint('GET /api/products/featured app/api/products/featured/route.ts:2'),
  endpoint('any /api/legacy pages/api/legacy.ts:5'),
  endpoint('GET /icon.svg app/icon.svg', { kind: 'metadata' }),
  endpoint('action addItem actions/cart.ts:14', { pages: ['/product/[slug]', '/cart'] }),
  endpoint('action setQuantity actions/cart.ts:27', { pages: ['/cart'] }),
  endpoint('action redeem actions/cart.ts:68'),
  endpoint('action ? app/page.tsx:15', { inline: true, pages: null }),
]);

export const elsewhere = (uri: string): string => uri.replace('file:///code/', '');

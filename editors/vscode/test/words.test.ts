import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredAt } from '../src/endpoints/declared';
import { byUrl, count, name, sameFile } from '../src/endpoints/words';
import { line } from '../src/server/log';
import { endpoint } from './shop';

test('URLs in the order in which Next takes them', () => {
  const sorted = ['/b', '/api/users/[id]', '/api/users', '/api/users/me', '/api/[...rest]', '/'].sort(byUrl);
  assert.deepEqual(sorted, ['/', '/api/users', '/api/users/me', '/api/users/[id]', '/api/[...rest]', '/b']);
});

test('plurals', () => {
  assert.equal(count(0, 'file'), '0 files');
  assert.equal(count(1, 'file'), '1 file');
  assert.equal(count(15419, 'file'), '15,419 files');
});

test('one file, however it is escaped', () => {
  assert.ok(sameFile('file:///w/%5Bid%5D/a%20b.ts', 'file:///w/[id]/a b.ts'));
  assert.ok(sameFile('file:///c%3A/w/a.ts', 'file:///C:/w/a.ts'));
  assert.ok(!sameFile('file:///w/%255Fa.ts', 'file:///w/_a.ts'), 'a name that holds a percent sign');
  assert.ok(sameFile('file:///w/100%.ts', 'file:///w/100%.ts'));
});

test('the endpoint that a place declares', () => {
  const all = [
    endpoint('GET /a app/a/route.ts:3'),
    endpoint('POST /a app/a/route.ts:3', {
      location: { uri: 'file:///code/shop/app/a/route.ts', range: { start: { line: 2, character: 30 }, end: { line: 2, character: 34 } } },
    }),
    endpoint('GET /b app/b/route.ts:3'),
  ];
  const at = (line: number, character: number): string[] => {
    const point = { line, character };
    return declaredAt(all, { uri: 'file:///code/shop/app/a/route.ts', range: { start: point, end: point } }).map(
      (one) => `${one.method} ${name(one)}`,
    );
  };
  assert.deepEqual(at(2, 16), ['GET /a'], 'at its beginning');
  assert.deepEqual(at(2, 34), ['POST /a'], 'behind its end');
  assert.deepEqual(at(2, 0), ['GET /a', 'POST /a'], 'on the line');
  assert.deepEqual(at(3, 0), []);
});

test('lines of the log', () => {
  assert.deepEqual(line(' WARN setting routewright.trace: 7 is of the wrong type'), {
    level: 'warn',
    text: 'setting routewright.trace: 7 is of the wrong type',
  });
  assert.deepEqual(line('ERROR panicked'), { level: 'error', text: 'panicked' });
  assert.deepEqual(line('DEBUG standard output: closed'), { level: 'info', text: 'DEBUG standard output: closed' });
  assert.equal(line('  '), undefined);
});

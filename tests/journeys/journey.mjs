// What a person does in the application, and what they see of it: `node journey.mjs URL STORE` prints the
// transcript. `--browser` only says whether there is a browser. Exit code 3: there is none.
import { rmSync } from 'node:fs';
import { launch } from './browser.mjs';
import { Transcript } from './transcript.mjs';

const browser = await launch();
if (!browser) process.exit(3);
if (process.argv[2] === '--browser') {
  console.log(browser.version());
  await browser.close();
  process.exit(0);
}

const [base, store] = process.argv.slice(2);
rmSync(store, { force: true });

async function person(options) {
  const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: options?.scripts ?? true });
  const page = await context.newPage();
  return new Transcript(context, page, { base, store, ...options });
}

const all = [];

async function withScripts() {
  const go = await person();
  try {
    await calls(go);
    await errors(go);
    await forms(go);
    await server(go);
    await session(go);
    await more(go);
    await refused(go);
    await votes(go);
    await tags(go);
    go.title('at the end');
    await go.visit('/');
  } finally {
    all.push(...go.lines);
  }
}

async function withoutScripts() {
  const go = await person({ scripts: false });
  try {
    go.title('without JavaScript');
    await server(go);
    await tags(go);
  } finally {
    all.push(...go.lines);
  }
}

async function calls(go) {
  go.title('calls');
  await go.visit('/still');
  await go.visit('/calls');
  const ids = ['add', 'add-more', 'add-in-hook', 'add-in-transition', 'add-twice', 'update', 'update-missing'];
  ids.push('rename', 'rename-default', 'tag', 'tag-none', 'count', 'count-elsewhere', 'touch', 'greet');
  ids.push('greet-ageless', 'greet-nobody', 'get-items', 'get-titles', 'find', 'find-done', 'find-open');
  ids.push('statistics', 'fail', 'open', 'go-nowhere', 'go');
  for (const id of ids) await go.click(id);
  await go.visit('/calls');
  await go.click('go-query');
  await go.visit('/still');
}

async function errors(go) {
  go.title('errors');
  await go.visit('/errors');
  await go.click('look-up-2');
  await go.click('look-up-4');
  await go.visit('/errors');
  await go.click('explode');
}

async function forms(go) {
  go.title('forms');
  await go.visit('/forms');
  await go.submit('add-note', { text: 'a note' });
  await go.submit('add-note', { text: 'of & = % + two kinds', kind: ['red', 'green'] });
  await go.submit('clear-notes', { text: 'left' });
  await go.submit('add-note', { text: 'one more' });
  await go.click('clear-by-click');
  await go.submit('measure', { file: { name: 'a b.txt', text: 'line\nline ö' } });
  await go.submit('send-2', { text: 'on the second' });
  await go.submit('send-1', { text: 'on the first' });
  await go.submit('save-profile', { name: '', age: '1.5' });
  await go.submit('save-profile', { name: 'Ann', age: '20' });
  await go.submit('save-profile', { name: 'Bob', age: '3' });
  await go.submit('save-profile', { name: 'Bob', age: '30' });
  await go.submit('subscribe', { mail: 'nobody' });
  await go.submit('subscribe', { mail: 'ann@example.com' });
}

async function server(go) {
  go.title('server');
  await go.visit('/server');
  await go.submit('post', { text: 'hello' });
  await go.submit('post', { text: '' });
  await go.submit('post', { text: 'again' });
  await go.submit('clear-log', {});
  await go.submit('sign-in', { user: 'ann' });
}

async function session(go) {
  go.title('session');
  await go.visit('/session');
  for (const id of ['dark', 'light', 'language', 'forget', 'sign-out']) await go.click(id);
  await go.visit('/session');
}

async function more(go) {
  go.title('more');
  await go.visit('/more');
  const ids = ['search', 'search-some', 'sum', 'half', 'mark-2-false', 'mark-2-true', 'archive', 'archive-again'];
  for (const id of ids) await go.click(id);
  await go.click('secret');
  await go.visit('/more');
  await go.submit('note', { text: 'by nobody' });
  await go.visit('/more');
  await go.submit('enter', { user: 'eve' });
  await go.submit('note', { text: 'by somebody' });
  await go.click('secret');
}

async function refused(go) {
  go.title('refused');
  await go.visit('/refused');
  for (const id of ['approve', 'schedule', 'today', 'first']) await go.click(id);
  await go.visit('/refused');
  await go.submit('bound', { x: 'y' });
  await go.visit('/refused');
  await go.submit('inline', {});
}

async function votes(go) {
  go.title('votes');
  await go.visit('/votes');
  for (const id of ['vote-tea', 'vote-tea', 'vote-', 'poll', 'poll']) await go.click(id);
  await go.visit('/api/poll?by=ann');
  await go.visit('/votes');
  if (!(await go.has('set-7'))) return; // with 16 only
  for (const id of ['set-7', 'set-7', 'set--1', 'remove-tea', 'remove-tea', 'remove-water']) await go.click(id);
  await go.visit('/api/votes/hot%20milk');
  await go.visit('/votes');
  await go.submit('clear', { except: 'milk' });
  await go.submit('clear', { except: '' });
}

/** With 16 only. */
async function tags(go) {
  go.title('tags');
  await go.visit('/tags');
  if (!(await go.has('show-log'))) return;
  for (const id of ['show-log', 'update-log']) await go.submit(id, {});
  if (!go.scripts) return; // what Next computes for such an answer isn't kept in its cache
  await go.submit('show-log', {});
  for (const id of ['trim-log', 'trim-log']) await go.click(id);
  await go.submit('update-log', {});
}

let failed = null;
try {
  await withScripts();
  // Next 15 redirects a form that is posted without JavaScript to a path without basePath
  if (new URL(base).pathname === '/') await withoutScripts();
} catch (error) {
  failed = error;
}
console.log(all.join('\n').trimStart());
await browser.close();
if (failed) {
  console.error(failed);
  process.exit(1);
}

// An action becomes a handler, and an action again; each undone. With the project's own server.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BOX, CART } from './tour.mjs';
import { until } from './window.mjs';

const ROUTE = 'app/api/add-item/route.ts';
const CLIENT = 'app/api/add-item/client.ts';
const ACTION = 'app/actions/add-item.ts';
const TO_ROUTE = 'Convert to Route Handler: POST /api/add-item';

/** Every file of the application with its text. */
function all(app, folder = '') {
  const files = {};
  for (const entry of readdirSync(join(app, folder), { withFileTypes: true })) {
    const name = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') Object.assign(files, all(app, name));
    } else {
      files[name] = readFileSync(join(app, name), 'utf8');
    }
  }
  return files;
}

/** `+made`, `-deleted`, `~changed`. */
function differences(before, after) {
  const sign = (name) => (before[name] === undefined ? '+' : after[name] === undefined ? '-' : '~');
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => before[name] !== after[name]).map((name) => sign(name) + name).join(' ');
}

export async function conversions(window, { check, keep }) {
  const differs = (before) => differences(before, all(window.app));
  const becomes = (before, expected, most = 15000) => until(() => differs(before) === expected, most);
  /** Saves until everything is as it was: an undo in many files takes its time. */
  const saved = async (before) => {
    for (let tries = 0; tries < 8 && differs(before) !== ''; tries += 1) {
      await window.run('File: Save All Files');
      await becomes(before, '', 1500);
    }
    return differs(before) === '';
  };
  const first = all(window.app);

  await window.go(CART, 'addItem(');
  // the server is there, and the menu is asked for once more if it isn't whole yet
  await window.hover('Server Action', 30000);
  const offered = await window.menu(TO_ROUTE);
  check('the menu of conversions', offered.includes(TO_ROUTE), offered.join(' | '));
  await keep('convert');
  await window.choose(TO_ROUTE);
  const converted = `~${CART} ~${BOX} +${CLIENT} +${ROUTE}`;
  check('action → route: new files, callers, the old file, all saved', await becomes(first, converted), differs(first));
  check('… with its text', window.read(ROUTE)?.includes('export async function POST('), window.read(ROUTE));
  check('… and its caller calls it', window.read(BOX).includes("import { useAddItem } from '@/app/api/add-item/client'"));
  check('… nothing is left to be saved', (await until(async () => (await window.dirty()) === 0)) === true);
  const second = all(window.app);
  await window.go(ROUTE, 'POST(');
  const shown = await window.hover('POST /api/add-item');
  check('the new handler is known', shown.includes('Route Handler'), shown);

  await window.open(CART);
  await window.press('Control+z');
  const undone = await until(() => window.read(ROUTE) === undefined && window.read(CLIENT) === undefined);
  check('one undo takes the new files away', undone, differs(first));
  check('… and restores every byte of the others', await saved(first), differs(first));
  await window.open(CART);
  await window.press('Control+Shift+z');
  check('redo converts once more', await saved(second), differs(second));

  await window.go(ROUTE, 'POST(');
  const back = await window.menu('to a Server Action');
  check('the way back is offered', back.includes('Convert POST /api/add-item to a Server Action'), back.join(' | '));
  await window.choose('to a Server Action');
  const returned = `~${BOX} +${ACTION} -${CLIENT} -${ROUTE}`;
  check('route → action: files and callers', await becomes(second, returned), differs(second));
  check('… its caller takes the action', window.read(BOX).includes("from '@/app/actions/add-item'"), window.read(BOX));
  await window.open(BOX);
  await window.press('Control+z');
  check('one undo restores the handler and every byte', await saved(second), differs(second));

  // greyed out: VS Code's menu of its own accord leaves that out, the command says why
  await window.go(CART, 'setQuantity(');
  await window.run('Routewright: Convert to Route Handler');
  const why = await until(async () => (await window.toasts()).find((text) => text.includes('not converted')), 5000);
  check('what is refused is said with its reason', why, (await window.toasts()).join(' | '));
}

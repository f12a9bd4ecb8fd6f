// VS Code with the packaged extension, driven as a person drives it. Run by `cargo xtask editors` as
// `node drive.mjs '{…}'`; prints a line a check: `ok   what` or `FAIL what  [why]`, and `time what milliseconds`.
import { mkdirSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { conversions } from './conversions.mjs';
import { Editor } from './editor.mjs';
import { pictures } from './pictures.mjs';
import { recovery } from './recovery.mjs';
import { restricted } from './restricted.mjs';
import { tour } from './tour.mjs';
import { Window, until } from './window.mjs';

/**
 * - program: Node and code-server's script
 * - home: an empty folder
 * - vsix: the extension
 * - browser: the module that starts a browser
 * - apps: a copy of the application for each scenario; `.bin/routewright` in it is the project's own server
 * - screens: the folder for what a person would see
 * - pictures: the folder for the extension's
 */
const { program, home, vsix, browser: module, apps, screens, pictures: images } = JSON.parse(process.argv[2]);

const SCENARIOS = {
  pictures: [pictures, 'pictures for the extension'],
  tour: [tour, 'what is here, who calls it, what changes outside'],
  conversions: [conversions, 'an action becomes a handler, and an action again; each undone'],
  restricted: [restricted, 'a workspace that isn’t trusted'],
  recovery: [recovery, 'the server is killed'],
};

const said = (text) => String(text).replace(/\s*\n\s*/g, ' | ').slice(0, 600);
function check(what, ok, why) {
  console.log(ok ? `ok   ${what}` : `FAIL ${what}${why === undefined ? '' : `  [${said(why)}]`}`);
}
const time = (what, milliseconds) => console.log(`time ${what} ${Math.round(milliseconds)}`);

/** Processes of a program. */
function running(path) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const runs = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0', 1)[0] === path && readlinkSync(`/proc/${pid}/exe`);
    } catch {
      return false; // it has just ended
    }
  };
  return pids.filter(runs).map(Number);
}

mkdirSync(screens, { recursive: true });
const editor = new Editor(program, home);
editor.install(vsix);
const own = readdirSync(editor.extensions).find((name) => name.startsWith('routewright.'));
const bundled = join(editor.extensions, own, 'bin/routewright');
const { launch } = await import(pathToFileURL(module));
let browser;
let window;
try {
  await editor.start();
  browser = await launch();
  const names = Object.keys(apps);
  for (const name of names) {
    const [scenario, about] = SCENARIOS[name];
    console.log(`-- ${about}`);
    const own = join(apps[name], 'node_modules/.bin/routewright');
    const servers = () => [...running(bundled), ...running(own)];
    const keep = async (what) => {
      await window.page.screenshot({ path: join(screens, `vscode-${what}.png`) });
    };
    try {
      editor.configure({ 'security.workspace.trust.enabled': name === 'restricted' });
      const opened = performance.now();
      window = await Window.open(browser, editor, apps[name]);
      if (name === 'tour') time('window until its files are shown', performance.now() - opened);
      await scenario(window, { check, time, keep, images, servers, bundled: () => running(bundled), own: () => running(own) });
    } catch (error) {
      await window?.page.screenshot({ path: join(screens, `vscode-${name}-error.png`) }).catch(() => {});
      check(`all of ${name}`, false, error.stack);
    }
    const [last] = servers();
    check('a server runs', last !== undefined);
    // the last window is still open when the editor ends
    if (name !== names.at(-1)) {
      await window.close();
      check('… and is gone when the window is closed', await until(() => servers().length === 0, 15000));
    } else {
      const ended = new Promise((resolve) => editor.process.once('exit', resolve));
      editor.stop();
      await ended;
      check('… and is gone when the editor ends', await until(() => servers().length === 0, 15000));
    }
  }
} catch (error) {
  check('all of it', false, error.stack);
} finally {
  await browser?.close();
  editor.stop();
}
console.log('done');
process.exit();

// A window of VS Code, and what a person does in it: keys, and looking until something is there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export const SIZE = { width: 1440, height: 900 };

/** A machine that does other work, too, may take that much longer. */
const PATIENCE = 3;

/**
 * Asks again and again; the last answer. Errors are answers of a window that is just being drawn. Short
 * waits are part of something that is tried again; the others end early only where all is well.
 */
export async function until(ask, most = 10000, pause = 50) {
  const end = Date.now() + (most < 5000 ? most : most * PATIENCE);
  for (;;) {
    const answer = await Promise.resolve().then(ask).catch(() => undefined);
    if (answer || Date.now() > end) return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

const INPUT = '.quick-input-widget:visible .quick-input-box input';
const ROWS = '.quick-input-widget:visible .quick-input-list .monaco-list-row';

export class Window {
  constructor(page, app) {
    this.page = page;
    this.app = app;
    /** Hosts that the page wanted to talk to. */
    this.strangers = new Set();
  }

  /** A window with a folder, as soon as its files are shown. */
  static async open(browser, editor, app) {
    // to be watched, a folder has to be there
    mkdirSync(join(app, '.vscode'), { recursive: true });
    writeFileSync(join(app, '.vscode/settings.json'), '{}');
    const context = await browser.newContext({ viewport: SIZE, permissions: ['clipboard-read', 'clipboard-write'] });
    const window = new Window(await context.newPage(), app);
    await window.page.route('**/*', (route) => {
      const { hostname } = new URL(route.request().url());
      if (hostname === '127.0.0.1') return route.continue();
      window.strangers.add(hostname);
      return route.abort();
    });
    await window.page.goto(editor.url(app));
    await window.page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 60000 });
    return window;
  }

  /** Closes it as a click on its cross does: what the page does at its end is done. */
  async close() {
    await this.page.close({ runBeforeUnload: true });
    await until(() => this.page.isClosed(), 5000);
    await this.page.context().close();
  }

  /** Writes the workspace's settings. */
  configure(settings) {
    writeFileSync(join(this.app, '.vscode/settings.json'), JSON.stringify(settings));
  }

  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  all(selector, hasText) {
    return this.page.locator(selector, hasText === undefined ? {} : { hasText });
  }

  /** Texts of what is shown; a line each. */
  async texts(selector) {
    const texts = await this.all(selector).allInnerTexts();
    return texts.map((text) => text.replaceAll('\u00a0', ' ').replace(/\s*\n\s*/g, '\n').trim());
  }

  read(file) {
    const path = join(this.app, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }

  /** The file of the active editor and the line of the cursor: `actions/cart.ts:14`. */
  async where() {
    const line = /Ln (\d+)/.exec(await this.all('#status\\.editor\\.selection').innerText({ timeout: 1000 }))?.[1];
    return `${await this.file()}:${line}`;
  }

  /** By the breadcrumbs: they are all that names the folder in every tab. */
  async file() {
    const parts = await this.all('.editor-group-container.active .breadcrumbs-control .monaco-breadcrumb-item').allInnerTexts();
    return parts.map((part) => part.trim()).join('/');
  }

  /** Whether the cursor gets there in time. */
  arrives(place, most = 5000) {
    return until(async () => (await this.where()) === place, most);
  }

  /** Opens the box at the top by a key and writes into it. */
  async ask(key, text) {
    for (let tries = 0; tries < 4; tries += 1) {
      await this.press('Escape', 'Escape', key);
      if (await until(() => this.all(INPUT).isVisible(), 2000)) {
        await this.all(INPUT).fill(text);
        return;
      }
    }
    throw new Error(`no box for ${key}`);
  }

  /** Rows of that box, once one holds a text. */
  async rows(holding, most = 5000) {
    const labels = () => this.all(ROWS).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    return (await until(async () => {
      const rows = await labels();
      return rows.some((row) => row.includes(holding)) && rows;
    }, most)) || labels();
  }

  /** Writes something else into it. */
  fill(text) {
    return this.all(INPUT).fill(text);
  }

  async open(file) {
    const row = `${basename(file)} ${dirname(file) === '.' ? '' : dirname(file)}`.trim();
    for (let tries = 0; tries < 5 && (await until(() => this.file(), 50)) !== file; tries += 1) {
      await this.ask('Control+p', file);
      const isChosen = async () => (await this.all(`${ROWS}.focused`).getAttribute('aria-label')).startsWith(row);
      if (await until(isChosen, 3000)) {
        await this.press('Enter');
        await until(async () => (await this.file()) === file, 3000);
      }
    }
    if ((await this.file()) !== file) throw new Error(`${file} doesn't open`);
    await this.page.waitForSelector('.editor-instance .view-line');
  }

  /** Opens a file with the cursor on the first letter of a text in it, or `skip` letters further. */
  async go(file, needle, skip = 0) {
    await this.open(file);
    const before = this.read(file).split(needle, 1)[0];
    if (before.length === this.read(file).length) throw new Error(`${file} has no ${needle}`);
    const line = before.split('\n').length;
    await this.to(line, before.length - before.lastIndexOf('\n') + skip);
  }

  async to(line, column) {
    const there = async () =>
      (await this.all('#status\\.editor\\.selection').innerText()) === `Ln ${line}, Col ${column}`;
    for (let tries = 0; tries < 4; tries += 1) {
      await this.ask('Control+g', `:${line}:${column}`);
      await this.page.waitForTimeout(60);
      await this.press('Enter');
      if (await until(there, 1500)) return;
    }
    throw new Error(`the cursor doesn't get to ${line}:${column}`);
  }

  /** What stands in the hover at the cursor once `holding` does; asked again, as a server starts or scans. */
  async hover(holding, most = 15000) {
    const end = Date.now() + most * PATIENCE;
    let text = '';
    let look = 500;
    do {
      look = Math.min(look * 2, 8000);
      await this.press('Escape', 'Control+k', 'Control+i');
      await until(async () => {
        text = (await this.texts('.monaco-hover:visible .monaco-hover-content')).join('\n');
        return text.includes(holding);
      }, look);
    } while (!text.includes(holding) && Date.now() < end);
    return text;
  }

  /** Titles in the menu of code actions at the cursor, once `holding` is among them. */
  async menu(holding) {
    let titles = [];
    for (let tries = 0; tries < 6 && !titles.some((title) => title.includes(holding)); tries += 1) {
      await this.press('Escape', 'Control+.');
      await until(async () => {
        titles = await this.texts('.action-widget .monaco-list-row');
        return titles.some((title) => title.includes(holding));
      }, 2500 * (tries + 1));
    }
    return titles;
  }

  /** Chooses from it. */
  choose(title) {
    return this.all('.action-widget .monaco-list-row', title).first().click({ timeout: 10000 });
  }

  /** Runs a command of the palette by its title; asked again, as an extension that wakes up brings its own. */
  async run(title) {
    // with its key behind it, or dots: the palette has `File: Save` and `File: Save All Files`
    const row = this.page.locator(ROWS).and(this.page.getByLabel(new RegExp(`^${title}(…|,|$)`))).first();
    for (let tries = 0; tries < 8; tries += 1) {
      await this.ask('F1', `>${title}`);
      if (await until(() => row.isVisible(), 2000)) return row.click({ timeout: 3000 });
    }
    throw new Error(`the palette has no ${title}`);
  }

  /** What a peek lists, all files unfolded. */
  async peeked() {
    const folded = this.all('.peekview-widget .ref-tree .monaco-list-row[aria-expanded="false"]');
    if ((await folded.count()) > 0) await folded.first().click({ timeout: 1000 });
    return this.texts('.peekview-widget .ref-tree .monaco-list-row:not(:has(.reference-file))');
  }

  /** Rows of the view that is open at the side: level, label, description. */
  tree() {
    const rows = this.all('.sidebar .monaco-list-row');
    return rows.evaluateAll((all) => all.map((row) => `${row.getAttribute('aria-level')} ${row.getAttribute('aria-label')}`));
  }

  /** One of them by how its label begins. */
  row(label) {
    return this.page.locator(`.sidebar .monaco-list-row[aria-label^=${JSON.stringify(label)}]`).first();
  }

  async unfold(label) {
    await until(async () => {
      if ((await this.row(label).getAttribute('aria-expanded', { timeout: 500 })) === 'true') return true;
      await this.row(label).click({ timeout: 500 });
      return false;
    });
  }

  /** Lenses that are shown. */
  lenses() {
    return this.texts('.codelens-decoration');
  }

  dirty() {
    return this.all('.tab.dirty').count();
  }

  toasts() {
    return this.texts('.notification-toast .notification-list-item-message');
  }
}

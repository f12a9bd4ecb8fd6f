// Writes down what a person sees: after each step the lines that came to the page and those that went,
// the address if it changed, the stored data and the cookies if they did.
import { existsSync, readFileSync } from 'node:fs';

/** Neither a request nor a change of the page for so long: nothing more will come. In ms. */
const QUIET = 150;
const PATIENCE = 30_000;

export class Transcript {
  lines = [];
  #page;
  #context;
  #store;
  #base;
  #scripts;
  #before = { url: '', text: [], store: {}, cookies: '' };
  #open = new Set();
  #last = Date.now();

  constructor(context, page, { base, store, scripts = true }) {
    this.#page = page;
    this.#context = context;
    this.#store = store;
    this.#base = base;
    this.#scripts = scripts;
    const ended = (request) => {
      this.#open.delete(request);
      this.#last = Date.now();
    };
    page.on('request', (request) => {
      // whatever the page before has left unread is nobody's any more
      if (request.isNavigationRequest()) this.#open.clear();
      this.#open.add(request);
      this.#last = Date.now();
    });
    page.on('requestfinished', ended);
    page.on('requestfailed', ended);
    this.#before.store = this.#stored();
  }

  title(text) {
    this.lines.push('', `# ${text}`);
  }

  async visit(path) {
    await this.step(`visit ${path}`, () => this.#page.goto(this.#base + path));
  }

  get scripts() {
    return this.#scripts;
  }

  async has(id) {
    return (await this.#page.locator(`#${id}`).count()) > 0;
  }

  async click(id) {
    await this.step(`click ${id}`, async () => {
      await this.#ready(`#${id}`);
      await this.#page.click(`#${id}`);
    });
  }

  /** Fills the fields of the form around a button, then presses it. */
  async submit(id, fields) {
    const said = Object.entries(fields).map(([name, value]) => `${name}=${value.name ?? value}`);
    await this.step(`submit ${id} ${said.join(' ')}`.trimEnd(), async () => {
      await this.#ready(`#${id}`);
      const form = this.#page.locator(`form:has(#${id})`);
      for (const [name, value] of Object.entries(fields)) {
        const field = form.locator(`[name="${name}"]`);
        if (Array.isArray(value)) {
          for (const one of value) await form.locator(`[name="${name}"][value="${one}"]`).check();
        } else if (typeof value === 'object') {
          await field.setInputFiles({ name: value.name, mimeType: 'text/plain', buffer: Buffer.from(value.text) });
        } else {
          await field.fill(value);
        }
      }
      await this.#page.click(`#${id}`);
    });
  }

  async step(label, does) {
    await does();
    await this.#settle();
    this.lines.push(`> ${label}`);
    await this.#write();
  }

  /** Before React has taken an element over, a click on it does nothing. */
  async #ready(selector) {
    const isTaken = (selector) => {
      const element = document.querySelector(selector);
      return element && Object.keys(element).some((key) => key.startsWith('__reactFiber'));
    };
    if (this.#scripts) await this.#page.waitForFunction(isTaken, selector, { timeout: PATIENCE });
  }

  async #settle() {
    const until = Date.now() + PATIENCE;
    let seen = await this.#seen();
    while (Date.now() < until) {
      await new Promise((done) => setTimeout(done, 30));
      const now = await this.#seen();
      if (now !== seen) this.#last = Date.now();
      seen = now;
      if (this.#open.size === 0 && Date.now() - this.#last > QUIET) return;
    }
    throw new Error(`the page is still busy after ${PATIENCE} ms`);
  }

  /** The page's text, and what stands in its fields. */
  async #seen() {
    try {
      return await this.#page.evaluate(() => {
        const main = document.querySelector('main') ?? document.body;
        const inputs = [...main.querySelectorAll('input:not([type=hidden], [type=file], [data-unread])')];
        const value = (input) => (input.type === 'checkbox' ? `${input.value}:${input.checked}` : input.value);
        const fields = inputs.map((input) => `[${input.name}=${value(input)}]`);
        return `${document.location.href}\n${main.innerText}\n${fields.join('\n')}`;
      });
    } catch {
      return ''; // between two pages
    }
  }

  #stored() {
    return existsSync(this.#store) ? JSON.parse(readFileSync(this.#store, 'utf8')) : {};
  }

  async #write() {
    const [url, ...text] = (await this.#seen()).split('\n').map((line) => line.trimEnd()).filter(Boolean);
    const path = url.replace(this.#base, '');
    const before = this.#before;
    if (path !== before.url) this.lines.push(`  at ${path}`);
    const rest = [...before.text];
    for (const line of text) {
      const at = rest.indexOf(line);
      if (at < 0) this.lines.push(`  + ${line}`);
      else rest.splice(at, 1);
    }
    if (path === before.url) this.lines.push(...rest.map((line) => `  - ${line}`));
    const store = this.#stored();
    for (const key of Object.keys(store)) {
      const now = JSON.stringify(store[key]);
      if (now !== JSON.stringify(before.store[key])) this.lines.push(`  stored ${key} ${now}`);
    }
    const jar = await this.#context.cookies();
    const said = jar.map(({ name, value, path, httpOnly, sameSite, expires }) => {
      const lasts = expires < 0 ? 'session' : `${Math.round((expires - Date.now() / 1000) / 86_400)} days`;
      return `${name}=${value} ${path} ${lasts}${httpOnly ? ' httpOnly' : ''} ${sameSite}`;
    });
    const cookies = said.sort().join(', ');
    if (cookies !== before.cookies) this.lines.push(`  cookies ${cookies || 'none'}`);
    this.#before = { url: path, text, store, cookies };
  }
}

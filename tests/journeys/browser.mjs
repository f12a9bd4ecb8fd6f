// A Chromium, wherever there is one: on the PATH, Chrome where its installer puts it, or playwright's own.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

// It talks to the loopback only: nothing of a browser's own business with the network.
const ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
if (process.getuid?.() === 0) ARGS.push('--no-sandbox');

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

/** The first that starts; null where there is none. */
export async function launch() {
  const executablePath = onPath();
  const ways = [...(executablePath ? [{ executablePath }] : []), { channel: 'chrome' }, {}];
  for (const way of ways) {
    try {
      return await chromium.launch({ ...way, args: ARGS });
    } catch (error) {
      if (executablePath) console.error(String(error));
    }
  }
  return null;
}

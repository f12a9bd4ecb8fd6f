import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { program } from '../src/server/program';

const HERE = `${process.platform}-${process.arch}`;
const FILE = process.platform === 'win32' ? 'routewright.exe' : 'routewright';

/** What a package manager installs: files, and links from one folder to another. */
function installed(files: string[], links: Record<string, string>, check: (folder: string) => void): void {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'routewright-')));
  try {
    for (const file of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), file.endsWith('.json') ? '{}' : '');
    }
    for (const [link, to] of Object.entries(links)) {
      symlinkSync(path.join(folder, to), path.join(folder, link), 'junction');
    }
    check(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('as npm installs it', () => {
  const native = `node_modules/@routewright/${HERE}/bin/${FILE}`;
  installed(['node_modules/routewright/package.json', native], {}, (folder) => {
    assert.equal(program(folder), path.join(folder, native));
  });
});

test('as pnpm installs it, for another libc', () => {
  const store = 'node_modules/.pnpm/routewright@0.1.0/node_modules';
  const native = `${store}/@routewright/${HERE}-musl/bin/${FILE}`;
  const links = { 'node_modules/routewright': `${store}/routewright` };
  installed([`${store}/routewright/package.json`, native], links, (folder) => {
    assert.equal(program(folder), path.join(folder, native));
  });
});

test('no package, or none for this platform', () => {
  installed([], {}, (folder) => assert.equal(program(folder), undefined));
  installed(['node_modules/routewright/package.json'], {}, (folder) => assert.equal(program(folder), undefined));
});

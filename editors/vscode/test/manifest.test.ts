// What `package.json` says and the code does, held together.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (file: string): string => readFileSync(file, 'utf8');
const MANIFEST = JSON.parse(read('package.json'));
const { contributes } = MANIFEST;
const declared: string[] = contributes.commands.map(({ command }: { command: string }) => command);

test('commands: what menus, texts and the code name is declared, and the other way round', () => {
  const { commands: _, ...elsewhere } = contributes;
  const named = JSON.stringify([elsewhere.menus, elsewhere.viewsWelcome, elsewhere.walkthroughs]).matchAll(
    /(?:"command":"|command:|onCommand:)(routewright\.\w+)(?!\.|\w)/g,
  );
  for (const [, command] of named) {
    assert.ok(declared.includes(command ?? ''), command);
  }
  const registered = [...read('src/extension.ts').matchAll(/ (?:command|question)\('(\w+)'/g)].map(([, name]) => `routewright.${name}`);
  // the command of the server's lenses is nobody's to choose
  assert.deepEqual(registered.filter((name) => name !== 'routewright.showReferences').sort(), [...declared].sort());
});

test('rows of the tree that menus speak of are there', () => {
  const kinds = [...read('src/endpoints/rows.ts').matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind).concat('route', 'action', 'pages-api', 'metadata');
  for (const { when } of contributes.menus['view/item/context'] as { when: string }[]) {
    for (const kind of /\^\((.*)\)\$/.exec(when)?.[1]?.split('|') ?? []) {
      assert.ok(kinds.includes(kind), `${kind} in ${when}`);
    }
  }
});

test('files that are shown exist', () => {
  const [walkthrough] = contributes.walkthroughs;
  const media = walkthrough.steps.flatMap(({ media }: { media: Record<string, string> }) => [media['markdown'], media['image']]);
  const pictures = [...read('README.md').matchAll(/\]\((images\/[^)]+)\)/g)].map(([, file]) => file);
  for (const file of [MANIFEST.icon, contributes.viewsContainers.activitybar[0].icon, ...media, ...pictures].filter(Boolean)) {
    assert.ok(existsSync(file), file);
  }
});

test('one version, one licence with the server', () => {
  const cargo = read('../../Cargo.toml');
  assert.equal(/^version = "(.*)"$/m.exec(cargo)?.[1], MANIFEST.version);
  assert.equal(/^license = "(.*)"$/m.exec(cargo)?.[1], MANIFEST.license);
  for (const file of ['LICENSE-MIT', 'LICENSE-APACHE']) {
    assert.equal(read(file), read(`../../${file}`), file);
  }
});

test('settings: the README tells of each', () => {
  const readme = read('README.md');
  const all = contributes.configuration.flatMap(({ properties }: { properties: object }) => Object.keys(properties));
  for (const setting of all) {
    assert.ok(readme.includes(`\`${setting}\``), `README.md: say what ${setting} is for`);
  }
});

// Builds the shop with the real Next.js and prints, as one JSON object on
// stdout, the routes and actions its manifests list. `--no-build` reads the
// last build instead. Everything else goes to stderr.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const json = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

function fail(line) {
  console.error(`check-build: ${line}`);
  process.exit(1);
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    shell: process.platform === 'win32',
    stdio: ['ignore', 2, 2], // stdout is for the JSON alone
  });
  const line = [command, ...args].join(' ');
  if (error) fail(`\`${line}\` could not start: ${error.message}`);
  if (status !== 0)
    fail(`\`${line}\` failed with ${status === null ? 'a signal' : `exit code ${status}`}`);
}

function installed() {
  const { dependencies, devDependencies } = json('package.json');
  return Object.entries({ ...dependencies, ...devDependencies }).every(
    ([name, version]) =>
      existsSync(join(root, 'node_modules', name, 'package.json')) &&
      json('node_modules', name, 'package.json').version === version,
  );
}

/** By code unit, so that the order is the same on every machine. */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

function manifests() {
  const routes = Object.entries(json('.next', 'app-path-routes-manifest.json'));
  const pages = Object.keys(json('.next', 'server', 'pages-manifest.json'));
  const { node, edge } = json('.next', 'server', 'server-reference-manifest.json');

  const actions = new Map();
  for (const { filename, exportedName } of [...Object.values(node), ...Object.values(edge)]) {
    actions.set(`${filename}\n${exportedName}`, { file: filename, name: exportedName });
  }

  return {
    routes: routes.sort(([a], [b]) => compare(a, b)),
    pagesApi: pages.filter((page) => page === '/api' || page.startsWith('/api/')).sort(compare),
    actions: [...actions].sort(([a], [b]) => compare(a, b)).map(([, action]) => action),
  };
}

const unknown = process.argv.slice(2).find((argument) => argument !== '--no-build');
if (unknown) fail(`unknown argument ${unknown}; the only one is --no-build`);

if (!process.argv.includes('--no-build')) {
  if (!installed()) run('npm', 'ci', '--no-audit', '--no-fund');
  run('npx', 'next', 'build');
} else if (!existsSync(join(root, '.next', 'BUILD_ID'))) {
  fail('there is no build yet; run it without --no-build');
}

try {
  console.log(JSON.stringify(manifests(), null, 2));
} catch (error) {
  fail(`the build's manifests could not be read: ${error.message}`);
}

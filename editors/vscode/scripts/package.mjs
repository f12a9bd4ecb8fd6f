// One VSIX for one platform, with the server inside:
//
//   npm run package                                     this platform, a server built in this checkout
//   npm run package -- --target linux-arm64 --binary P  another platform's, with its binary
//   npm run package -- --target universal               without a server: it takes the one on PATH
//
// --out FILE says where to put it.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const TARGETS = ['linux-x64', 'linux-arm64', 'alpine-x64', 'alpine-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];
const PAGES = 'https://github.com/routewright/routewright';

const { values } = parseArgs({
  options: { target: { type: 'string' }, binary: { type: 'string' }, out: { type: 'string' } },
});
const here = `${process.platform}-${process.arch}`;
const target = values.target ?? here;
if (target !== 'universal' && !TARGETS.includes(target)) {
  fail(`no such platform: ${target}; there are ${TARGETS.join(', ')} and universal`);
}

const bin = path.join(root, 'bin');
rmSync(bin, { recursive: true, force: true });
if (target !== 'universal') {
  const file = target.startsWith('win32') ? 'routewright.exe' : 'routewright';
  const binary = values.binary === undefined ? built(file) : path.resolve(values.binary);
  if (!existsSync(binary)) {
    fail(`there is no ${binary}`);
  }
  // the server and its extension have one version
  if (target === here) {
    const said = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
    if (!said.endsWith(` ${version}`)) {
      fail(`${binary} is ${said}, the extension is ${version}`);
    }
  }
  mkdirSync(bin);
  copyFileSync(binary, path.join(bin, file));
  chmodSync(path.join(bin, file), 0o755);
  console.log(`${path.relative(process.cwd(), binary)}: ${(statSync(binary).size / 1e6).toFixed(1)} MB`);
}

node(path.join(root, 'scripts', 'build.mjs'), '--minify');
node(
  createRequire(import.meta.url).resolve('@vscode/vsce/vsce'),
  'package',
  ...(target === 'universal' ? [] : ['--target', target]),
  // everything is in the bundle
  '--no-dependencies',
  // vsce looks for what the README shows at the repository's root
  '--baseContentUrl', `${PAGES}/blob/main/editors/vscode`,
  '--baseImagesUrl', `${PAGES}/raw/main/editors/vscode`,
  '--out', values.out === undefined ? path.join(root, `${name}-${target}-${version}.vsix`) : path.resolve(values.out),
);

// The newest server of this checkout that fits this machine.
function built(file) {
  if (target !== here) {
    fail(`say with --binary which server to put into the VSIX for ${target}`);
  }
  const folder = process.env.CARGO_TARGET_DIR ?? path.join(root, '..', '..', 'target');
  const found = ['release', 'debug'].map((profile) => path.join(folder, profile, file)).find(existsSync);
  return found ?? fail('no server is built: `cargo build --release -p routewright`, or say where one is with --binary');
}

function node(...args) {
  execFileSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

function fail(why) {
  console.error(`package: ${why}`);
  process.exit(1);
}

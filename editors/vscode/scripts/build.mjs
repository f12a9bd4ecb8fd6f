// Bundles the extension into dist/extension.js; with --tests, the tests into build/tests.js.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { build, context } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const has = (flag) => process.argv.includes(flag);

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  // VS Code 1.91, the oldest one in `engines`, brings Node 20
  target: 'node20',
  format: 'cjs',
  logLevel: 'info',
};

if (has('--tests')) {
  const tests = readdirSync(path.join(root, 'test')).filter((file) => file.endsWith('.test.ts'));
  await build({
    ...common,
    // one file for `node --test`, which takes folders or globs, depending on its version
    stdin: { contents: tests.map((file) => `import './test/${file}';`).join('\n'), resolveDir: root },
    outfile: 'build/tests.js',
    sourcemap: 'inline',
    // what is tested here mustn't need an editor: importing `vscode` fails when a test runs
    external: ['vscode'],
    logLevel: 'warning',
  });
} else {
  const options = {
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    minify: has('--minify'),
    sourcemap: has('--minify') ? false : 'linked',
  };
  if (has('--watch')) {
    await (await context(options)).watch();
  } else {
    const { metafile } = await build({ ...options, metafile: true });
    writeFileSync(path.join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), notices(Object.keys(metafile.inputs)));
  }
}

/** The licences of the packages that files of a bundle are from: they ask to be kept with the code. */
function notices(inputs) {
  const packages = new Set(inputs.flatMap((file) => /^.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[0] ?? []));
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(path.join(root, folder)).find((file) => /^(licen[cs]e|copying)/i.test(file));
    const text = file === undefined ? license : readFileSync(path.join(root, folder, file), 'utf8').trim();
    return `${name} ${version}\n\n${text}\n`;
  });
  return texts.join(`\n${'-'.repeat(78)}\n\n`);
}

// Bundles the extension into dist/extension.js; with --tests, the tests into build/tests.js.
import { readdirSync } from 'node:fs';
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
    await build(options);
  }
}

#!/usr/bin/env node
// Hands over to the binary of this platform, which npm installed beside this package: one of its
// optional dependencies. It keeps this process's streams, so a language client talks to it directly.
'use strict';

const { spawn } = require('node:child_process');
const { constants } = require('node:os');

const here = `${process.platform}-${process.arch}`;

function binary() {
  const file = process.platform === 'win32' ? 'routewright.exe' : 'routewright';
  // npm and pnpm install the one whose `libc` fits; where both are there, either runs
  for (const platform of [here, `${here}-musl`]) {
    try {
      return require.resolve(`@routewright/${platform}/bin/${file}`);
    } catch {
      // the next one
    }
  }
  console.error(
    `routewright: there is no @routewright/${here} in node_modules. It is an optional dependency: install ` +
      'without --omit=optional (--no-optional), and on the platform on which it runs. For others, ' +
      '`cargo install --git https://github.com/routewright/routewright routewright` builds it.',
  );
  process.exit(1);
}

const child = spawn(binary(), process.argv.slice(2), { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
child.on('error', (error) => {
  console.error(`routewright: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]));

// From the npm package `routewright` to its program, in the way of `editors/npm/bin/routewright.js`.

import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

const HERE = `${process.platform}-${process.arch}`;
const FILE = process.platform === 'win32' ? 'routewright.exe' : 'routewright';

export function program(folder: string): string | undefined {
  try {
    // pnpm puts the platform's package beside the real folder only
    const { resolve } = createRequire(realpathSync(path.join(folder, 'node_modules', 'routewright', 'package.json')));
    for (const platform of [HERE, `${HERE}-musl`]) {
      try {
        return resolve(`@routewright/${platform}/bin/${FILE}`);
      } catch {
        // the next one
      }
    }
  } catch {
    // another package manager's way, or a script of the project's own
  }
  return undefined;
}

// Entry point. Routewright wakes up where there is a Next.js application, said by `activationEvents`:
//
// - `next.config.*` anywhere, or what an application without one has: `next-env.d.ts`, which Next writes for
//   TypeScript, `pages/_app`, or at the root the `.next` of an earlier run. VS Code's search for `**/…` leaves
//   out what Git ignores, and `next-env.d.ts` mostly is; names without a star are looked for on disk.
// - Not `package.json`, whose text the editor doesn't look into, and not `onLanguage:typescript`: either would
//   wake us, and start a server, in every project there is.
// - Whoever runs one of our commands in a project that looks like none of these is taken at their word.

import { commands, type ExtensionContext } from 'vscode';
import { convert } from './commands/convert';
import { copyCurlHere, copyUrlHere, copying } from './commands/copy';
import { outlining } from './outline';
import { showReferences } from './commands/references';
import { showStatus } from './commands/status';
import { Catalogue } from './endpoints/catalogue';
import { goToEndpoint } from './endpoints/pick';
import type { Row } from './endpoints/rows';
import { Tree } from './endpoints/tree';
import { Server } from './server/server';
import { Indexing, showStatusItem } from './server/status';
import type { Position } from 'vscode-languageclient/node';

let server: Server | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const indexing = new Indexing();
  const running = (server = new Server(context, {
    executeCommand: copying,
    provideDocumentSymbols: outlining,
    handleWorkDoneProgress: indexing.watching,
  }));
  const catalogue = new Catalogue(running);
  const find = (): void => goToEndpoint(running, catalogue);
  const command = (name: string, run: (...args: never[]) => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`routewright.${name}`, run));
  };
  command('goToEndpoint', find);
  command('copyUrl', (row?: unknown) => copyUrlHere(catalogue, rowOf(row)));
  command('copyRequestAsCurl', (row?: unknown) => copyCurlHere(running, rowOf(row)));
  command('convertToRoute', () => convert(running, 'route'));
  command('convertToAction', () => convert(running, 'action'));
  command('convertToBoth', () => convert(running, 'both'));
  command('showStatus', () => showStatus(running, find));
  command('refreshEndpoints', () => catalogue.refresh());
  command('restart', () => running.restart());
  command('showOutput', () => running.output.show());
  // the command of the server's lenses
  command('showReferences', (uri: string, position: Position) => showReferences(running, uri, position));

  context.subscriptions.push(running, catalogue, new Tree(catalogue), showStatusItem(running, catalogue, indexing));
  await commands.executeCommand('setContext', 'routewright.active', true);
  await running.start();
}

export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}

/** A menu in the editor gives a URI, one in the tree the row. */
function rowOf(given: unknown): Row | undefined {
  return typeof given === 'object' && given !== null && 'children' in given ? (given as Row) : undefined;
}

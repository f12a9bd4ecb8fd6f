// Entry point. Routewright wakes up where there is a Next.js application, said by `activationEvents`:
//
// - `next.config.*` anywhere, or what an application without one has: `next-env.d.ts`, which Next writes for
//   TypeScript, `pages/_app`, or at the root the `.next` of an earlier run. VS Code searches the workspace for
//   names with a star, which takes a moment and leaves out what Git ignores, as it mostly does with
//   `next-env.d.ts`; those without are looked for on disk, and found at once.
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
  /** A command that the server answers: without one, that is what is said. */
  const question = (name: string, ask: (given?: unknown) => unknown): void =>
    command(name, async (given?: unknown) => {
      await running.settled();
      return running.answering === undefined ? showStatus(running, find) : ask(given);
    });
  question('goToEndpoint', find);
  question('copyUrl', (row) => copyUrlHere(catalogue, rowOf(row)));
  question('copyRequestAsCurl', (row) => copyCurlHere(running, rowOf(row)));
  question('convertToRoute', () => convert(running, 'route'));
  question('convertToAction', () => convert(running, 'action'));
  question('convertToBoth', () => convert(running, 'both'));
  question('showStatus', () => showStatus(running, find));
  question('refreshEndpoints', () => catalogue.refresh());
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

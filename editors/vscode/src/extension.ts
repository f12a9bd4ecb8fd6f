// Entry point. Routewright wakes up where there is a Next.js application, said by `activationEvents`:
//
// - `next.config.*` anywhere. Without one an application still has `next-env.d.ts`, which Next writes. Git
//   mostly ignores that, and VS Code's search for `**/…` leaves out what Git ignores; a name without `**` is
//   looked for on disk.
// - Not `onLanguage:typescript`: it would wake us, and start a server, in every TypeScript project there is.
// - Whoever runs one of our commands in a project that looks like none of these is taken at their word.

import type { ExtensionContext } from 'vscode';
import { Client } from './client';

export async function activate(context: ExtensionContext): Promise<void> {
  const client = new Client(context);
  context.subscriptions.push(client);
  await client.start();
}

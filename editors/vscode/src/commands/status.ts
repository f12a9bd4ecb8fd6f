// *Show Index Status*: what to look at first when something isn't found.

import * as vscode from 'vscode';
import { count } from '../endpoints/words';
import { STATUS, type Status } from '../protocol';
import type { Server } from '../server/server';

const FROM = {
  setting: 'named by the setting serverPath',
  project: "the project's own",
  extension: 'the one in the extension',
  PATH: 'the one on PATH',
} as const;

export async function showStatus(server: Server, goToEndpoint: () => void): Promise<void> {
  const client = server.answering;
  const running = server.running;
  if (client === undefined || running === undefined) {
    const chosen = await vscode.window.showWarningMessage("Routewright: the server isn't running.", 'Restart', 'Show Output');
    if (chosen === 'Restart') {
      await server.restart();
    } else if (chosen === 'Show Output') {
      server.output.show();
    }
    return;
  }
  const status = await client.sendRequest<Status>(STATUS, {});
  const took = status.milliseconds === null ? '' : ` in ${status.milliseconds.toLocaleString('en')} ms`;
  const found = `${count(status.endpoints, 'endpoint')} in ${count(status.applications, 'application')}`;
  const index = status.indexed ? `${count(status.files, 'file')} indexed${took}` : 'still indexing';
  const place = running.from === 'extension' ? '' : ` (${running.command})`;
  const chosen = await vscode.window.showInformationMessage(
    `Routewright ${status.version}: ${found}; ${index}. The server is ${FROM[running.from]}${place}.`,
    'Go to Endpoint…',
    'Show Output',
  );
  if (chosen === 'Show Output') {
    server.output.show();
  } else if (chosen !== undefined) {
    goToEndpoint();
  }
}

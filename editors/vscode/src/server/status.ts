// What the editor shows of the server while nobody asks: an entry among the language's, busy while it
// indexes, with counts after. The client library shows the progress itself in the status bar.

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import type { Catalogue } from '../endpoints/catalogue';
import { count } from '../endpoints/words';
import { DOCUMENTS, type Server } from './server';

/** The token under which the server reports its scans. */
const INDEXING = 'routewright/indexing';

export class Indexing {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  /** `Indexing 40%`; `undefined` while nothing is scanned. */
  message: string | undefined;

  /** Looks at the progress as it goes by. */
  readonly watching: NonNullable<Middleware['handleWorkDoneProgress']> = (token, report, next) => {
    if (token === INDEXING) {
      const percent = report.kind === 'end' ? undefined : (report.percentage ?? 0);
      this.message = percent === undefined ? undefined : `Indexing ${percent}%`;
      this.changed.fire();
    }
    // The status bar shows the title, and other servers index, too. The library hands on what it has, not
    // what it is given.
    if (report.kind === 'begin') {
      report.title = 'Routewright';
    }
    next(token, report);
  };
}

export function showStatusItem(server: Server, catalogue: Catalogue, indexing: Indexing): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('routewright.status', DOCUMENTS);
  item.name = 'Routewright';
  const show = (): void => {
    const { health } = server;
    const ready = health === 'running' && indexing.message === undefined && catalogue.indexed;
    item.busy = health !== 'stopped' && !ready;
    item.severity = health === 'stopped' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    if (health === 'stopped') {
      item.text = 'Routewright stopped';
      item.detail = '';
      item.command = { command: 'routewright.restart', title: 'Restart' };
    } else {
      const { applications } = catalogue;
      const endpoints = applications.reduce((sum, one) => sum + one.endpoints.length, 0);
      item.text = ready ? count(endpoints, 'endpoint') : (indexing.message ?? 'Indexing');
      item.detail = applications.length > 1 ? `Routewright, ${count(applications.length, 'application')}` : 'Routewright';
      item.command = { command: 'routewright.goToEndpoint', title: 'Go to Endpoint…' };
    }
    void vscode.commands.executeCommand('setContext', 'routewright.state', health === 'stopped' ? health : ready ? 'ready' : 'indexing');
  };
  show();
  return vscode.Disposable.from(item, server.onDidChangeHealth(show), catalogue.onDidChange(show), indexing.onDidChange(show));
}

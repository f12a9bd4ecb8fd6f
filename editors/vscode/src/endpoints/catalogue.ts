// What the server said last about endpoints. Asked anew when it says that something has changed.

import * as vscode from 'vscode';
import { ErrorCodes, ResponseError } from 'vscode-languageclient/node';
import { ENDPOINTS, type Application, type Endpoints } from '../protocol';
import type { Server } from '../server/server';
import { applicationOf } from './rows';

const NOTHING: Endpoints = { indexed: false, applications: [] };

export class Catalogue implements vscode.Disposable {
  private known: Endpoints = NOTHING;
  /** Answers can overtake each other; the last question counts. */
  private asked = 0;
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly listeners: vscode.Disposable[];

  constructor(private readonly server: Server) {
    this.listeners = [
      server.onDidChangeEndpoints(() => void this.refresh()),
      server.onDidChangeHealth((health) => {
        if (health === 'running') {
          void this.refresh();
        } else if (health === 'stopped') {
          this.learn(NOTHING);
        }
      }),
    ];
  }

  get applications(): readonly Application[] {
    return this.known.applications;
  }

  /** Whether this is all. */
  get indexed(): boolean {
    return this.known.indexed;
  }

  /** The application that a file belongs to. */
  applicationOf(uri: vscode.Uri): Application | undefined {
    return applicationOf(this.applications, uri.toString());
  }

  async refresh(): Promise<void> {
    const client = this.server.answering;
    if (client === undefined) {
      return;
    }
    const turn = (this.asked += 1);
    try {
      const known = await client.sendRequest<Endpoints>(ENDPOINTS, {});
      // What a server knows that has just been started again is less than what is shown: views would fold up
      // and unfold. It says so when it knows all.
      const less = this.known.indexed && !known.indexed;
      if (turn === this.asked && !less) {
        this.learn(known);
      }
    } catch (error) {
      if (error instanceof ResponseError && error.code === ErrorCodes.MethodNotFound) {
        this.learn({ indexed: true, applications: [] });
        this.server.complain('The server that runs is older than this extension, so it lists no endpoints.');
      } else {
        // it ended meanwhile; the next one is asked again
        this.server.output.warn(`${ENDPOINTS}: ${String(error)}`);
      }
    }
  }

  dispose(): void {
    this.changed.dispose();
    vscode.Disposable.from(...this.listeners).dispose();
  }

  private learn(known: Endpoints): void {
    this.known = known;
    this.changed.fire();
  }
}

// The one server of this window, for all folders of the workspace: started, watched, started again.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { ENDPOINTS_CHANGED } from '../protocol';
import { choose, type Choice, type Missing } from './choice';
import { program } from './program';
import { line } from './log';

/** How the server is. */
export type Health = 'starting' | 'running' | 'stopped';

const SECTION = 'routewright';
const LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Files on a disk only: an untitled document is in no application. Of JSON files those whose mistakes it tells. */
export const DOCUMENTS = [
  ...LANGUAGES.map((language) => ({ scheme: 'file', language })),
  ...['json', 'jsonc'].map((language) => ({ scheme: 'file', language, pattern: '**/{tsconfig,jsconfig}*.json' })),
];

export class Server implements vscode.Disposable {
  readonly output = vscode.window.createOutputChannel('Routewright', { log: true });
  private client: LanguageClient | undefined;
  private choice: Choice | Missing | undefined;
  /** Starts and stops, one after the other. */
  private queue: Promise<void> = Promise.resolve();
  private now: Health = 'stopped';

  private readonly healthChanged = new vscode.EventEmitter<Health>();
  readonly onDidChangeHealth = this.healthChanged.event;
  private readonly endpointsChanged = new vscode.EventEmitter<void>();
  readonly onDidChangeEndpoints = this.endpointsChanged.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly middleware: Middleware,
  ) {
    context.subscriptions.push(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(`${SECTION}.serverPath`)) {
          this.reconsider();
        }
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reconsider()),
    );
  }

  get health(): Health {
    return this.now;
  }

  /** Which server runs, and where it is from. */
  get running(): Choice | undefined {
    return this.now === 'running' && this.choice !== undefined && 'command' in this.choice ? this.choice : undefined;
  }

  /** The client, while the server answers. */
  get answering(): LanguageClient | undefined {
    return this.client?.state === State.Running ? this.client : undefined;
  }

  /** When nothing is being started or stopped. */
  settled(): Promise<void> {
    return this.queue;
  }

  start(): Promise<void> {
    return this.inTurn(() => this.launch());
  }

  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end('starting');
      await this.launch();
    });
  }

  stop(): Promise<void> {
    return this.inTurn(() => this.end('stopped'));
  }

  dispose(): void {
    this.healthChanged.dispose();
    this.endpointsChanged.dispose();
    this.output.dispose();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: unknown) => this.output.error(String(error)));
    return this.queue;
  }

  /** Another server may be the right one now. */
  private reconsider(): void {
    if (JSON.stringify(this.choose()) !== JSON.stringify(this.choice)) {
      void this.restart();
    }
  }

  private choose(): Choice | Missing {
    return choose({
      setting: vscode.workspace.getConfiguration(SECTION).get('serverPath', ''),
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      extension: this.context.extensionPath,
      home: homedir(),
      platform: process.platform,
      exists: existsSync,
      program,
    });
  }

  private async launch(): Promise<void> {
    const choice = (this.choice = this.choose());
    if ('missing' in choice) {
      this.be('stopped');
      this.complain(`The setting routewright.serverPath names ${choice.missing}, and there is no such file.`);
      return;
    }
    this.be('starting');
    this.output.info(`starting ${choice.command} (from ${choice.from})`);
    const client = (this.client = this.connected(choice));
    client.onDidChangeState(({ newState }) => {
      if (this.client === client && newState === State.Running) {
        this.be('running');
      } else if (this.client === client && newState === State.Starting) {
        this.be('starting');
      }
    });
    client.onNotification(ENDPOINTS_CHANGED, () => this.endpointsChanged.fire());
    try {
      await client.start();
    } catch (error) {
      this.output.error(String(error));
      this.be('stopped');
      this.complain(
        choice.from === 'PATH'
          ? 'This build of the extension has no server for your platform, and there is no `routewright` on PATH.'
          : `The server doesn't start: ${choice.command}`,
      );
    }
  }

  private async end(then: Health): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.be(then);
    try {
      await client?.dispose();
    } catch (error) {
      // it never ran, or it is gone already
      this.output.debug(String(error));
    }
  }

  private connected(choice: Choice): LanguageClient {
    // A shell takes one line: there the path needs its quotes.
    const command = choice.shell ? `"${choice.command}"` : choice.command;
    const options: LanguageClientOptions & { stdioOptions: object } = {
      documentSelector: DOCUMENTS,
      synchronize: { configurationSection: SECTION },
      // The first answers shouldn't be given by the defaults of the server, which are another editor's.
      initializationOptions: () => JSON.parse(JSON.stringify(vscode.workspace.getConfiguration(SECTION))),
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: this.middleware,
      errorHandler: this.patience(() => client),
      stdioOptions: { stdout: () => {}, stderr: (input: Readable) => this.copyLog(input) },
    };
    const client = new LanguageClient(
      SECTION,
      'Routewright',
      { command, args: ['lsp'], options: { shell: choice.shell, env: { ...process.env, NO_COLOR: '1' } } },
      options,
    );
    client.registerFeature(ANNOUNCED);
    return client;
  }

  private copyLog(input: Readable): void {
    createInterface({ input }).on('line', (raw) => {
      const said = line(raw);
      if (said !== undefined) {
        this.output[said.level](said.text);
      }
    });
  }

  /** The client library's patience with a server that ends: five times in three minutes are too many. */
  private patience(client: () => LanguageClient): ErrorHandler {
    let handler: ErrorHandler | undefined;
    const usual = (): ErrorHandler => (handler ??= client().createDefaultErrorHandler());
    return {
      // What is written to a server that is just ending fails, message by message. The library gives a server
      // up after three; its end, which follows, is what counts.
      error: (error) => {
        this.output.debug(String(error));
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: async (): Promise<CloseHandlerResult> => {
        const { action } = await usual().closed();
        if (action === CloseAction.Restart) {
          return { action, message: 'the server ended unexpectedly, and is started again', handled: true };
        }
        this.be('stopped');
        this.complain('The server ended unexpectedly five times in a short time, so it is left alone.');
        return { action, message: 'the server ends again and again', handled: true };
      },
    };
  }

  private be(health: Health): void {
    if (this.now !== health) {
      this.now = health;
      this.healthChanged.fire(health);
    }
  }

  /** Says what is wrong, with what can be done about it. */
  complain(what: string): void {
    const [restart, output, setting] = ['Restart', 'Show Output', 'Open Setting'];
    void vscode.window.showErrorMessage(`Routewright: ${what}`, restart, output, setting).then((chosen) => {
      if (chosen === restart) {
        void this.restart();
      } else if (chosen === output) {
        this.output.show();
      } else if (chosen === setting) {
        void vscode.commands.executeCommand('workbench.action.openSettings', 'routewright.serverPath');
      }
    });
  }
}

/** Tells the server that somebody listens. */
const ANNOUNCED: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...capabilities.experimental, routewright: { endpointsChanged: true } };
  },
  initialize: () => {},
  getState: () => ({ kind: 'static' }),
  clear: () => {},
};

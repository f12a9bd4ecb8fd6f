import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/node';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { choose } from './server';

export class Client implements vscode.Disposable {
  private client: LanguageClient | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    for (const command of ['goToEndpoint', 'copyUrl', 'copyRequestAsCurl', 'convertToRoute', 'convertToAction', 'convertToBoth', 'showStatus', 'refreshEndpoints', 'showReferences']) {
      context.subscriptions.push(vscode.commands.registerCommand(`routewright.${command}`, () => {}));
    }
    context.subscriptions.push(
      vscode.commands.registerCommand('routewright.restart', () => this.client?.restart()),
      vscode.commands.registerCommand('routewright.showOutput', () => this.client?.outputChannel.show()),
      vscode.window.registerTreeDataProvider('routewright.endpoints', {
        getChildren: () => [],
        getTreeItem: (element: vscode.TreeItem) => element,
      }),
    );
  }

  async start(): Promise<void> {
    const choice = choose({
      setting: vscode.workspace.getConfiguration('routewright').get('serverPath', ''),
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      extension: this.context.extensionPath,
      home: homedir(),
      platform: process.platform,
      exists: existsSync,
    });
    if ('missing' in choice) {
      return;
    }
    this.client = new LanguageClient('routewright', 'Routewright', { command: choice.command, args: ['lsp'] }, {
      documentSelector: ['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].map((language) => ({ scheme: 'file', language })),
      synchronize: { configurationSection: 'routewright' },
    });
    await this.client.start();
    await vscode.commands.executeCommand('setContext', 'routewright.active', true);
  }

  dispose(): void {
    void this.client?.stop();
  }
}

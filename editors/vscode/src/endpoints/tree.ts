// The view *Endpoints*.

import * as vscode from 'vscode';
import type { Catalogue } from './catalogue';
import { icon } from './icons';
import { rows, type Row } from './rows';
import { method, name, plain } from './words';

export class Tree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Row>;
  private readonly listeners: vscode.Disposable[];
  /** The application that comes first. */
  private lead: string | undefined;

  constructor(private readonly catalogue: Catalogue) {
    this.view = vscode.window.createTreeView('routewright.endpoints', { treeDataProvider: this, showCollapseAll: true });
    this.listeners = [
      this.view,
      catalogue.onDidChange(() => {
        this.follow(vscode.window.activeTextEditor);
        this.changed.fire();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.follow(editor)) {
          this.changed.fire();
        }
      }),
    ];
  }

  getChildren(row?: Row): Row[] {
    return row?.children ?? rows(this.catalogue.applications, { lead: this.lead, elsewhere });
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(row.label, folding(row));
    item.id = row.id;
    item.description = row.description;
    item.contextValue = row.kind;
    item.iconPath = icon(row);
    item.tooltip = tooltip(row);
    item.accessibilityInformation = { label: [row.label, row.description].filter(Boolean).join(', ') };
    if (row.endpoint !== undefined) {
      const { uri, range } = row.endpoint.location;
      const start = new vscode.Position(range.start.line, range.start.character);
      const selection = new vscode.Range(start, start);
      item.command = {
        title: 'Open',
        // the editor's own command knows about preview tabs and the keyboard
        command: 'vscode.open',
        arguments: [vscode.Uri.parse(uri), { selection } satisfies vscode.TextDocumentShowOptions],
      };
    }
    return item;
  }

  dispose(): void {
    this.changed.dispose();
    vscode.Disposable.from(...this.listeners).dispose();
  }

  /** Puts the application of the active editor first; whether that changed anything. */
  private follow(editor: vscode.TextEditor | undefined): boolean {
    const uri = editor?.document.uri;
    const application = uri === undefined ? undefined : this.catalogue.applicationOf(uri);
    // a package's file, or the output: the application stays
    if (uri === undefined || application?.uri == null || application.uri === this.lead) {
      return false;
    }
    // what was clicked on here mustn't jump away under the mouse
    const clicked = this.view.selection[0]?.endpoint?.location.uri;
    if (this.lead !== undefined && clicked !== undefined && plain(clicked) === plain(uri.toString())) {
      return false;
    }
    this.lead = application.uri;
    return true;
  }
}

/** A path in the workspace. */
export function elsewhere(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
}

function folding(row: Row): vscode.TreeItemCollapsibleState {
  if (row.children.length === 0) {
    return vscode.TreeItemCollapsibleState.None;
  }
  return row.open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}

function tooltip({ endpoint, file, label, url, description }: Row): vscode.MarkdownString | string {
  if (endpoint === undefined || file === undefined) {
    return [url ?? label, description].filter(Boolean).join(' · ');
  }
  const place = `${file}:${endpoint.location.range.start.line + 1}`;
  const lines = [`**${method(endpoint)}** \`${name(endpoint)}\``];
  if (endpoint.kind === 'action') {
    const carriers = endpoint.pages ?? [];
    lines.push(...(carriers.length === 0 ? [] : [`on ${carriers.map((page) => `\`${page}\``).join(', ')}`]));
    lines.push(...(endpoint.id === null ? [] : [`\`Next-Action: ${endpoint.id}\``]));
  }
  return new vscode.MarkdownString([...lines, `\`${place}\``].join('\n\n'));
}

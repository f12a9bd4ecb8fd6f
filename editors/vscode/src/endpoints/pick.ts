// *Go to Endpoint…*

import * as vscode from 'vscode';
import { WorkspaceSymbolRequest } from 'vscode-languageclient/node';
import { copyCurl, copyUrl } from '../commands/copy';
import type { Server } from '../server/server';
import type { Catalogue } from './catalogue';
import { entries, matching, type Entry } from './entries';
import { icon } from './icons';
import { elsewhere } from './tree';

interface Item extends vscode.QuickPickItem {
  location?: vscode.Location;
  entry?: Entry;
}

const COPY_URL: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('link'), tooltip: 'Copy URL' };
const COPY_CURL: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: 'Copy as curl' };

/** Shows the list; where nothing in it fits what is typed, the server is asked: it knows lines of logs. */
export function goToEndpoint(server: Server, catalogue: Catalogue): void {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = 'Go to Endpoint';
  pick.placeholder = 'A URL, a method, a name. Or paste a curl command, an action ID, a line of a log';
  pick.matchOnDescription = true;

  const active = vscode.window.activeTextEditor?.document.uri.toString();
  let all: Entry[] = [];
  let question: vscode.CancellationTokenSource | undefined;
  const show = async (): Promise<void> => {
    question?.cancel();
    const own = (question = new vscode.CancellationTokenSource());
    const query = pick.value.trim();
    const found = matching(all, query);
    if (found.length > 0 || query === '') {
      pick.items = items(found, catalogue.applications.length > 1);
      return;
    }
    pick.busy = true;
    const symbols = await asked(server, query, own.token);
    if (!own.token.isCancellationRequested) {
      pick.busy = false;
      pick.items = symbols;
    }
  };
  const load = (): void => {
    all = entries(catalogue.applications, active, elsewhere);
    pick.busy = !catalogue.indexed && server.health !== 'stopped';
    void show();
  };
  const listening = catalogue.onDidChange(load);
  pick.onDidChangeValue(show);
  pick.onDidAccept(() => {
    const [item] = pick.selectedItems;
    pick.hide();
    if (item?.location !== undefined) {
      const { uri, range } = item.location;
      void vscode.window.showTextDocument(uri, { selection: new vscode.Range(range.start, range.start) });
    }
  });
  pick.onDidTriggerItemButton(({ item, button }) => {
    if (item.entry !== undefined) {
      void (button === COPY_URL ? copyUrl(item.entry.endpoint) : copyCurl(server, item.entry.endpoint));
      pick.hide();
    }
  });
  pick.onDidHide(() => {
    question?.cancel();
    listening.dispose();
    pick.dispose();
  });
  load();
  pick.show();
}

function items(found: readonly Entry[], several: boolean): Item[] {
  return found.flatMap((entry, index) => {
    const { label, description, application, endpoint } = entry;
    const item: Item = {
      label,
      description,
      iconPath: icon(endpoint),
      // what is shown is decided by `matching`
      alwaysShow: true,
      buttons: endpoint.kind === 'metadata' ? [COPY_URL] : [COPY_URL, COPY_CURL],
      location: location(endpoint.location),
      entry,
    };
    const begins = several && application !== found[index - 1]?.application;
    return begins ? [{ label: application.name, kind: vscode.QuickPickItemKind.Separator }, item] : [item];
  });
}

async function asked(server: Server, query: string, token: vscode.CancellationToken): Promise<Item[]> {
  try {
    const found = await server.answering?.sendRequest(WorkspaceSymbolRequest.type, { query }, token);
    return (found ?? []).flatMap((symbol): Item[] => {
      if (!('range' in symbol.location)) {
        return [];
      }
      const { uri } = symbol.location;
      return [{ label: symbol.name, description: elsewhere(uri), alwaysShow: true, location: location(symbol.location) }];
    });
  } catch {
    return []; // somebody typed on
  }
}

function location({ uri, range }: Entry['endpoint']['location']): vscode.Location {
  return new vscode.Location(
    vscode.Uri.parse(uri),
    new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
  );
}

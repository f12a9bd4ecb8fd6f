// The conversions by name, for those who look for them in the palette. They are the server's code actions.

import * as vscode from 'vscode';
import {
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeActionTriggerKind,
  type CodeAction,
  type LanguageClient,
} from 'vscode-languageclient/node';
import type { Server } from '../server/server';

export type Way = 'route' | 'action' | 'both';

const NOTHING: Record<Way, string> = {
  route: 'put the cursor on the name of a Server Action, where it is declared.',
  action: 'put the cursor on the name of a Route Handler, where it is declared.',
  both: 'put the cursor on the name of an endpoint, where it is declared.',
};

/** Where a kind of offer ends up; the server puts it down in the offer's `data`. */
interface Ticket {
  way?: { to?: Way };
}

export async function convert(server: Server, way: Way): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const client = server.answering;
  if (editor === undefined || client === undefined) {
    return;
  }
  const offers = (await offered(client, editor)).filter(({ data }) => (data as Ticket | undefined)?.way?.to === way);
  const open = offers.filter(({ disabled }) => disabled === undefined);
  const [refused] = offers;
  if (open.length > 0) {
    const offer = await one(open);
    if (offer !== undefined) {
      await apply(client, offer);
    }
  } else if (refused?.disabled !== undefined) {
    void vscode.window.showWarningMessage(`Routewright: not converted: ${refused.disabled.reason}`);
  } else {
    void vscode.window.showInformationMessage(`Routewright: ${NOTHING[way]}`);
  }
}

async function offered(client: LanguageClient, { document, selection }: vscode.TextEditor): Promise<CodeAction[]> {
  const converter = client.code2ProtocolConverter;
  const found = await client.sendRequest(CodeActionRequest.type, {
    textDocument: converter.asTextDocumentIdentifier(document),
    range: converter.asRange(selection),
    context: { diagnostics: [], only: ['refactor.rewrite'], triggerKind: CodeActionTriggerKind.Invoked },
  });
  return (found ?? []).filter((action): action is CodeAction => typeof action.command !== 'string');
}

/** There may be several, by method: the preferred one comes first. */
async function one(open: CodeAction[]): Promise<CodeAction | undefined> {
  if (open.length < 2) {
    return open[0];
  }
  const sorted = [...open].sort((a, b) => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false));
  const items = sorted.map((offer) => ({ label: offer.title, offer }));
  return (await vscode.window.showQuickPick(items, { title: 'Convert', placeHolder: 'Into what' }))?.offer;
}

async function apply(client: LanguageClient, offer: CodeAction): Promise<void> {
  const progress = { location: vscode.ProgressLocation.Window, title: offer.title };
  await vscode.window.withProgress(progress, async () => {
    let resolved: CodeAction;
    try {
      resolved = await client.sendRequest(CodeActionResolveRequest.type, offer);
    } catch {
      return; // the text has changed meanwhile, which the server has said
    }
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(resolved.edit);
    // without an edit the server has said why
    if (edit !== undefined && !(await vscode.workspace.applyEdit(edit, { isRefactoring: true }))) {
      void vscode.window.showWarningMessage("Routewright: not converted: the editor didn't apply the edit.");
    }
  });
}

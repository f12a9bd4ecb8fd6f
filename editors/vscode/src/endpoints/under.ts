// The endpoint under the cursor: declared there, or named there.

import * as vscode from 'vscode';
import type { Endpoint } from '../protocol';
import type { Catalogue } from './catalogue';
import { declaredAt, type Place } from './declared';

/** All that the cursor can mean: a URL with holes can reach several. */
export async function endpointsUnder(editor: vscode.TextEditor, catalogue: Catalogue): Promise<Endpoint[]> {
  const { document, selection } = editor;
  const all = catalogue.applications.flatMap(({ endpoints }) => endpoints);
  const here = declaredAt(all, { uri: document.uri.toString(), range: selection });
  if (here.length > 0) {
    return here;
  }
  // All servers are asked: beside TypeScript's, ours leaves imported names to that one.
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    selection.active,
  );
  const there = found.flatMap((target) => declaredAt(all, place(target)));
  return [...new Set(there)];
}

function place(target: vscode.Location | vscode.LocationLink): Place {
  return 'targetUri' in target
    ? { uri: target.targetUri.toString(), range: target.targetSelectionRange ?? target.targetRange }
    : { uri: target.uri.toString(), range: target.range };
}

// What a click on a lens shows: the callers.

import * as vscode from 'vscode';
import {
  CallHierarchyIncomingCallsRequest,
  CallHierarchyPrepareRequest,
  type LanguageClient,
  type Position,
} from 'vscode-languageclient/node';
import type { Server } from '../server/server';

/**
 * The server counts every call, whoever else may find it, so the list has to hold every one as well. Its
 * references don't: beside TypeScript's server it leaves to that one what is found by name. The call
 * hierarchy is complete.
 */
export async function showReferences(server: Server, uri: string, position: Position): Promise<void> {
  const client = server.answering;
  if (client === undefined) {
    return;
  }
  const found = await callers(client, uri, position);
  if (found.length > 0) {
    await vscode.commands.executeCommand(
      'editor.action.showReferences',
      vscode.Uri.parse(uri),
      client.protocol2CodeConverter.asPosition(position),
      found,
    );
  }
}

async function callers(client: LanguageClient, uri: string, position: Position): Promise<vscode.Location[]> {
  const converter = client.protocol2CodeConverter;
  const items = await client.sendRequest(CallHierarchyPrepareRequest.type, { textDocument: { uri }, position });
  const calls = await Promise.all(
    (items ?? []).map((item) => client.sendRequest(CallHierarchyIncomingCallsRequest.type, { item })),
  );
  const all = calls.flatMap((some) => some ?? []).flatMap(({ from, fromRanges }) =>
    fromRanges.map((range) => new vscode.Location(converter.asUri(from.uri), converter.asRange(range))),
  );
  const places = new Map(all.map((location) => [`${location.uri.toString()} ${JSON.stringify(location.range)}`, location]));
  return [...places.values()];
}

// *Copy URL* and *Copy as curl*: of the endpoint under the cursor, of a row of the tree, of an entry of a list.

import * as vscode from 'vscode';
import { ExecuteCommandRequest, type Middleware } from 'vscode-languageclient/node';
import type { Catalogue } from '../endpoints/catalogue';
import type { Row } from '../endpoints/rows';
import { endpointsUnder } from '../endpoints/under';
import { method, name } from '../endpoints/words';
import type { Endpoint } from '../protocol';
import type { Server } from '../server/server';

/** The server's command. Its own menu entry has the same name. */
const AS_CURL = 'routewright.copyAsCurl';
const COPIES = [AS_CURL, 'routewright.copyAsHttp'];
/** The server would show what it makes in a new document; who copies it needs the answer only. */
const SILENTLY = { show: false };
const SHORTLY = 4000;

export async function copyUrlHere(catalogue: Catalogue, row: Row | undefined): Promise<void> {
  if (row !== undefined && row.endpoint === undefined) {
    return row.url === undefined ? undefined : copied(row.url, row.url);
  }
  const endpoint = row?.endpoint ?? (await chosen(catalogue));
  return endpoint === undefined ? undefined : copyUrl(endpoint);
}

/** An action has no URL of its own: it is called on the pages that carry it. */
export async function copyUrl(endpoint: Endpoint): Promise<void> {
  const urls = endpoint.url === null ? (endpoint.pages ?? []) : [endpoint.url];
  const url =
    urls.length > 1
      ? await vscode.window.showQuickPick(urls, { title: `Pages that carry ${name(endpoint)}`, placeHolder: 'Which URL to copy' })
      : urls[0];
  if (url !== undefined) {
    await copied(url, url);
  } else if (urls.length === 0) {
    say(`${name(endpoint)} has no URL: ${endpoint.pages === null ? "its pages aren't known yet" : 'no page carries it'}.`);
  }
}

export async function copyCurlHere(server: Server, row: Row | undefined): Promise<void> {
  if (row?.endpoint !== undefined) {
    return copyCurl(server, row.endpoint);
  }
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const { line, character } = editor.selection.active;
    await curl(server, editor.document.uri.toString(), { line, character });
  }
}

export function copyCurl(server: Server, { location }: Endpoint): Promise<void> {
  return curl(server, location.uri, location.range.start);
}

async function curl(server: Server, uri: string, position: { line: number; character: number }): Promise<void> {
  const text: unknown = await server.answering?.sendRequest(ExecuteCommandRequest.type, {
    command: AS_CURL,
    arguments: [uri, position, SILENTLY],
  });
  // if there is none, the server has said why
  if (typeof text === 'string') {
    await copied(text, 'curl command');
  }
}

/** The server's menu entries copy here, too: that is what they are called. */
export const copying: NonNullable<Middleware['executeCommand']> = async (command, args, next) => {
  if (!COPIES.includes(command) || args.length !== 2) {
    return next(command, args);
  }
  const text: unknown = await next(command, [...args, SILENTLY]);
  if (typeof text === 'string') {
    await copied(text, command === AS_CURL ? 'curl command' : '.http request');
  }
  return text;
};

async function chosen(catalogue: Catalogue): Promise<Endpoint | undefined> {
  const editor = vscode.window.activeTextEditor;
  const all = editor === undefined ? [] : await endpointsUnder(editor, catalogue);
  if (all.length === 0) {
    say('There is no endpoint under the cursor.');
  }
  // methods of one URL are one URL
  const different = all.filter((one, index) => one.url === null || all.findIndex(({ url }) => url === one.url) === index);
  if (different.length < 2) {
    return different[0];
  }
  const items = different.map((endpoint) => ({ label: `${method(endpoint)}  ${name(endpoint)}`, endpoint }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which endpoint' }))?.endpoint;
}

async function copied(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`$(check) Copied ${what}`, SHORTLY);
}

function say(what: string): void {
  void vscode.window.showInformationMessage(`Routewright: ${what}`);
}

// Outline, breadcrumbs, *Go to Symbol in Editor*: the editor's TypeScript fills them already.

import { workspace } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/**
 * Two servers' symbols of one file are shown as two groups, with a level of their own in the breadcrumbs of
 * every file, and each function twice in the list. Where TypeScript's server runs, its group is the whole.
 */
export const outlining: NonNullable<Middleware['provideDocumentSymbols']> = (document, token, next) =>
  workspace.getConfiguration('routewright', document).get('typescriptServer') === false ? next(document, token) : undefined;

// One sign and one colour for each method, the same in the tree and in lists. The signs differ in shape, too:
// not everybody tells green from red.

import { ThemeColor, ThemeIcon } from 'vscode';
import type { Kind } from './rows';

const METHODS: Record<string, [sign: string, color: string]> = {
  GET: ['arrow-down', 'charts.blue'],
  HEAD: ['eye', 'charts.blue'],
  POST: ['add', 'charts.green'],
  PUT: ['arrow-swap', 'charts.orange'],
  PATCH: ['edit', 'charts.yellow'],
  DELETE: ['trash', 'charts.red'],
  OPTIONS: ['settings-gear', 'charts.foreground'],
};
const ANY: [string, string] = ['circle-large-outline', 'charts.foreground'];

const KINDS: Partial<Record<Kind, string>> = {
  application: 'package',
  actions: 'zap',
  'metadata-files': 'file-media',
  folder: 'folder',
  url: 'globe',
  page: 'window',
};

export function icon({ kind, method, idle }: { kind: Kind; method?: string; idle?: boolean }): ThemeIcon {
  if (kind === 'action') {
    return new ThemeIcon('zap', new ThemeColor(idle === true ? 'disabledForeground' : 'charts.purple'));
  }
  const plain = KINDS[kind];
  if (plain !== undefined) {
    return new ThemeIcon(plain);
  }
  const [sign, color] = METHODS[method ?? ''] ?? ANY;
  return new ThemeIcon(sign, new ThemeColor(color));
}

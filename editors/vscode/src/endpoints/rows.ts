// The tree: application → URL → method, actions with the pages that carry them. Pure: plain rows, which
// `tree.ts` hands to the editor.

import type { Application, Endpoint } from '../protocol';
import { byMethod, byUrl, count, holds, method, name, pages, path, plain } from './words';

export type Kind = 'application' | 'actions' | 'metadata-files' | 'folder' | 'url' | 'page' | Endpoint['kind'];

/** More URLs than this are read by folder: side bars are narrow, and long paths differ at their ends. */
const MANY = 60;

export interface Row {
  /** The same for the same thing in every tree, so that what is folded stays folded. */
  id: string;
  kind: Kind;
  label: string;
  description: string;
  /** An endpoint's method, for its icon. */
  method?: string;
  /** What *Copy URL* copies. */
  url?: string;
  /** Where a click goes. */
  endpoint?: Endpoint;
  /** Its file, as people read it. */
  file?: string;
  /** An action that no page carries. */
  idle?: boolean;
  /** Whether it begins unfolded. */
  open?: boolean;
  children: Row[];
}

export interface Wishes {
  /** The URI of the application that comes first, unfolded. */
  lead: string | null | undefined;
  /** A path for what is in no application. */
  elsewhere: (uri: string) => string;
}

export function rows(applications: readonly Application[], { lead, elsewhere }: Wishes): Row[] {
  const leading = (one: Application): boolean => (one.uri !== null && one.uri === lead) || applications.length === 1;
  const sorted = [...applications].sort(
    (a, b) =>
      Number(leading(b)) - Number(leading(a)) ||
      Number(a.uri === null) - Number(b.uri === null) ||
      a.name.localeCompare(b.name, 'en'),
  );
  const all = sorted.map((application) => applicationRow(application, leading(application), elsewhere));
  distinguish(all);
  return all;
}

/** The application that a file belongs to: the deepest one. */
export function applicationOf(applications: readonly Application[], uri: string): Application | undefined {
  return applications
    .filter((application) => holds(application, uri))
    .sort((a, b) => plain(b.uri ?? '').length - plain(a.uri ?? '').length)[0];
}

function applicationRow(application: Application, leads: boolean, elsewhere: Wishes['elsewhere']): Row {
  const { endpoints } = application;
  const uri = application.uri ?? application.name;
  const file = (endpoint: Endpoint): string => path(application, endpoint.location.uri, elsewhere);
  const of = (...kinds: Endpoint['kind'][]): Endpoint[] => endpoints.filter(({ kind }) => kinds.includes(kind));
  const next = application.next === null ? '' : `Next ${application.next} · `;
  return {
    // whether it is unfolded follows the active editor, so it is part of who it is: editors remember
    // by identity what is unfolded
    id: `${uri}#${leads}`,
    kind: 'application',
    label: application.name,
    description: `${next}${count(endpoints.length, 'endpoint')}`,
    open: leads,
    children: [
      ...group(uri, 'actions', 'Server Actions', of('action').map((action) => actionRow(uri, action, file(action)))),
      ...folders(uri, urlRows(uri, of('route', 'pages-api'), file)),
      ...group(uri, 'metadata-files', 'Metadata', urlRows(uri, of('metadata'), file)),
    ],
  };
}

function group(uri: string, kind: Kind, label: string, children: Row[]): Row[] {
  return children.length === 0 ? [] : [{ id: `${uri}#${kind}`, kind, label, description: `${children.length}`, open: false, children }];
}

/** One row a URL. One that takes one method is that endpoint. */
function urlRows(uri: string, endpoints: Endpoint[], file: (endpoint: Endpoint) => string): Row[] {
  const byAddress = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const url = endpoint.url ?? '';
    byAddress.set(url, [...(byAddress.get(url) ?? []), endpoint]);
  }
  return [...byAddress]
    .sort(([a], [b]) => byUrl(a, b))
    .map(([url, all]): Row => {
      const children = all.sort(byMethod).map((endpoint): Row => endpointRow(uri, endpoint, file(endpoint)));
      const [first] = children;
      if (first !== undefined && children.length === 1) {
        return { ...first, label: url, description: first.label };
      }
      return {
        id: `${uri}#${url}`,
        kind: 'url',
        label: url,
        description: children.map(({ label }) => label).join(', '),
        url,
        open: false,
        children,
      };
    });
}

/** Where there are many, those with the same first two segments become one row, in which only the rest is said. */
function folders(uri: string, all: Row[]): Row[] {
  if (all.length <= MANY) {
    return all;
  }
  const byPrefix = new Map<string, Row[]>();
  for (const row of all) {
    const prefix = row.label.split('/').slice(0, 3).join('/');
    byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), row]);
  }
  return [...byPrefix].flatMap(([prefix, some]): Row[] => {
    if (some.length === 1) {
      return some;
    }
    const children = some.map((row) => ({ ...row, label: row.label.slice(prefix.length) || row.label }));
    const description = count(some.length, 'URL');
    return [{ id: `${uri}#folder ${prefix}`, kind: 'folder', label: prefix, description, open: false, children }];
  });
}

function endpointRow(uri: string, endpoint: Endpoint, file: string): Row {
  return {
    id: `${uri}#${endpoint.method} ${endpoint.url}`,
    kind: endpoint.kind,
    label: method(endpoint),
    description: `${file.slice(file.lastIndexOf('/') + 1)}:${endpoint.location.range.start.line + 1}`,
    method: endpoint.method,
    ...(endpoint.url === null ? {} : { url: endpoint.url }),
    endpoint,
    file,
    children: [],
  };
}

/** An action, over its pages where there are several. */
function actionRow(uri: string, endpoint: Endpoint, file: string): Row {
  const all = endpoint.pages ?? [];
  const id = `${uri}#action ${plain(endpoint.location.uri)} ${endpoint.name}`;
  const children = all.map((url): Row => ({ id: `${id} ${url}`, kind: 'page', label: url, description: '', url, children: [] }));
  return {
    id,
    kind: 'action',
    label: name(endpoint),
    description: [endpoint.inline ? 'inline' : '', pages(endpoint)].filter(Boolean).join(' · '),
    method: endpoint.method,
    ...(all[0] === undefined ? {} : { url: all[0] }),
    idle: endpoint.pages?.length === 0,
    endpoint,
    file,
    open: false,
    children: children.length > 1 ? children : [],
  };
}

/** Two files may answer one URL, and two actions have one name: the editor wants each row once. */
function distinguish(all: Row[], seen = new Map<string, number>()): void {
  for (const row of all) {
    const before = seen.get(row.id) ?? 0;
    seen.set(row.id, before + 1);
    if (before > 0) {
      row.id = `${row.id}#${before}`;
    }
    distinguish(row.children, seen);
  }
}

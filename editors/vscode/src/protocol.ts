// What the server and this extension say to each other beyond the Language Server Protocol. Ranges and
// URIs are the protocol's; nothing in here knows the editor.

import type { Location } from 'vscode-languageclient';

export const ENDPOINTS = 'routewright/endpoints';
export const ENDPOINTS_CHANGED = 'routewright/endpointsChanged';
export const STATUS = 'routewright/status';

/** The answer to `routewright/endpoints`. */
export interface Endpoints {
  /** `false` while the first scan is under way: there may be more. */
  indexed: boolean;
  applications: Application[];
}

export interface Application {
  name: string;
  /** Its folder; `null` for what several applications share, which comes as one of its own. */
  uri: string | null;
  /** Next's version, where it is known. */
  next: string | null;
  endpoints: Endpoint[];
}

export interface Endpoint {
  kind: 'route' | 'pages-api' | 'action' | 'metadata';
  /** `GET`, `POST` …; `*`: any. */
  method: string;
  /** `/api/users/[id]`; `null` for actions. */
  url: string | null;
  /** An action's name, or the export that answers. Next's own for a function without one. */
  name: string | null;
  /** An action that stands inside another function. */
  inline: boolean;
  location: Location;
  /** Of an action: URLs of the pages that carry it; `null`: not known yet. */
  pages: string[] | null;
  /** Of an action: its ID in the last build. */
  id: string | null;
}

/** The answer to `routewright/status`. */
export interface Status {
  version: string;
  indexed: boolean;
  files: number;
  applications: number;
  endpoints: number;
  /** What the last whole scan took. */
  milliseconds: number | null;
}

// The list behind *Go to Endpoint…*, and what of it fits a query. Pure.

import type { Application, Endpoint } from '../protocol';
import { applicationOf } from './rows';
import { byMethod, byUrl, method, name, pages, path } from './words';

export interface Entry {
  /** `GET  /api/users/[id]`, `POST  createPost` */
  label: string;
  /** The file; of an action, its pages before it. */
  description: string;
  application: Application;
  endpoint: Endpoint;
}

/** All endpoints, application by application, that of the active file first; URLs before actions. */
export function entries(
  applications: readonly Application[],
  active: string | undefined,
  elsewhere: (uri: string) => string,
): Entry[] {
  const first = active === undefined ? undefined : applicationOf(applications, active);
  const sorted = [...applications].sort(
    (a, b) =>
      Number(b === first) - Number(a === first) ||
      Number(a.uri === null) - Number(b.uri === null) ||
      a.name.localeCompare(b.name, 'en'),
  );
  return sorted.flatMap((application) => {
    const rank = ({ kind }: Endpoint): number => ['route', 'pages-api', 'action', 'metadata'].indexOf(kind);
    const order = (a: Endpoint, b: Endpoint): number =>
      rank(a) - rank(b) || byUrl(a.url ?? '', b.url ?? '') || byMethod(a, b) || name(a).localeCompare(name(b), 'en');
    return [...application.endpoints].sort(order).map((endpoint): Entry => {
      const file = path(application, endpoint.location.uri, elsewhere);
      return {
        label: `${method(endpoint)}  ${name(endpoint)}`,
        description: [endpoint.kind === 'action' ? pages(endpoint) : '', file].filter(Boolean).join(' · '),
        application,
        endpoint,
      };
    });
  });
}

/**
 * The entries in which every word of the query stands, in any order: `delete reviews` finds
 * `DELETE  /api/reviews/[id]`. Editors look for the query as one piece.
 */
export function matching(all: readonly Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ label, description, endpoint }) => {
    const text = [label, description, endpoint.name, ...(endpoint.pages ?? [])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

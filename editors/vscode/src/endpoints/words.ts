// How endpoints are named, wherever they are shown. Pure.

import type { Application, Endpoint } from '../protocol';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', '*'];
/** What Next calls an action that is a function without a name. */
const UNNAMED = '$$RSC_SERVER_ACTION';

/** `GET`; `any` where every method is taken. */
export function method(endpoint: Endpoint): string {
  return endpoint.method === '*' ? 'any' : endpoint.method;
}

/** What stands behind the method: a URL, or the name of an action. */
export function name(endpoint: Endpoint): string {
  const { url, name } = endpoint;
  return url ?? (name === null || name.startsWith(UNNAMED) ? '(anonymous)' : name);
}

/** `/cart`, `3 pages`, `on no page`; empty where it isn't known yet. */
export function pages({ pages }: Endpoint): string {
  if (pages === null) {
    return '';
  }
  return pages.length === 0 ? 'on no page' : (count(pages.length, 'page', pages[0]) ?? '');
}

/** `1 caller`, `2 callers`; `alone` instead of the first. */
export function count(n: number, word: string, alone = `1 ${word}`): string {
  return n === 1 ? alone : `${n.toLocaleString('en')} ${word}s`;
}

/** A file's path in its application, else in the workspace. */
export function path(application: Application, uri: string, elsewhere: (uri: string) => string): string {
  return holds(application, uri) ? plain(uri).slice(plain(application.uri ?? '').length + 1) : elsewhere(uri);
}

/** Whether two URIs are one file's: servers and editors escape differently. */
export function sameFile(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** Whether a file is in an application's folder, or in that of a deeper one. */
export function holds(application: Application, uri: string): boolean {
  return application.uri !== null && plain(uri).startsWith(`${plain(application.uri)}/`);
}

/** Without escapes, without a slash at the end; drive letters are small. */
export function plain(uri: string): string {
  let text = uri;
  try {
    text = decodeURIComponent(uri);
  } catch {
    // a lone `%`: then nothing is escaped
  }
  return text.replace(/\/$/, '').replace(/^file:\/\/\/[A-Z]:/, (drive) => drive.toLowerCase());
}

/** GET before POST; what isn't HTTP's at the end. */
export function byMethod(a: Endpoint, b: Endpoint): number {
  const rank = ({ method }: Endpoint): number => (METHODS.includes(method) ? METHODS.indexOf(method) : METHODS.length);
  return rank(a) - rank(b);
}

/** Segment by segment, what is written out before what is dynamic. */
export function byUrl(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [one, other] = [left[index] ?? '', right[index] ?? ''];
    const dynamic = Number(one.startsWith('[')) - Number(other.startsWith('['));
    const order = dynamic === 0 ? one.localeCompare(other, 'en') : dynamic;
    if (order !== 0) {
      return order;
    }
  }
  return left.length - right.length;
}

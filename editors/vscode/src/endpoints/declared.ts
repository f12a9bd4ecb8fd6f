// Which endpoints a place declares. Pure.

import type { Endpoint } from '../protocol';
import { sameFile } from './words';

interface Point {
  line: number;
  character: number;
}

export interface Place {
  uri: string;
  range: { start: Point; end: Point };
}

/** Those whose name is touched; else, for a cursor somewhere on their line, those of the line. */
export function declaredAt(all: readonly Endpoint[], { uri, range }: Place): Endpoint[] {
  const ofFile = all.filter(({ location }) => sameFile(location.uri, uri));
  const touched = ofFile.filter(
    ({ location }) => !after(location.range.start, range.end) && !after(range.start, location.range.end),
  );
  return touched.length > 0 ? touched : ofFile.filter(({ location }) => location.range.start.line === range.start.line);
}

function after(a: Point, b: Point): boolean {
  return a.line > b.line || (a.line === b.line && a.character > b.character);
}

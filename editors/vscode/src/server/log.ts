// What the server writes to standard error, in the output channel's levels. Pure.

/** A line, and how bad it is. */
export interface Line {
  level: 'error' | 'warn' | 'info';
  text: string;
}

/**
 * The server says the level first (` WARN …`). What it says beyond warnings is asked for by the setting
 * `routewright.trace`, so it mustn't get lost in the channel's own level: it is `info`, whatever it was.
 */
export function line(raw: string): Line | undefined {
  const text = raw.trim();
  if (text === '') {
    return undefined;
  }
  const [, word, rest] = /^(ERROR|WARN)\s+(.*)$/.exec(text) ?? [];
  if (word === undefined || rest === undefined) {
    return { level: 'info', text };
  }
  return { level: word === 'ERROR' ? 'error' : 'warn', text: rest };
}

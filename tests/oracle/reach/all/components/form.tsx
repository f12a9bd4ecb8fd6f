'use client';

type Action = (text: string) => Promise<string>;

/** Calls whatever action it is given. */
export function Form({ action }: { action: Action }) {
  return <button onClick={() => action('clicked')}>send</button>;
}

'use client';

type Action = (...values: never[]) => Promise<unknown>;

/** A button for each action that it is given. */
export function Send({ actions }: { actions: readonly unknown[] }) {
  return actions.map((action, key) => (
    <button key={key} onClick={() => (action as Action)()}>
      send
    </button>
  ));
}

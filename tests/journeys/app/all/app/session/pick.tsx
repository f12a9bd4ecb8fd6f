'use client';

import { useState, useTransition } from 'react';

/** Gets an action by a prop of another client component. */
export function Pick({ id, pick }: { id: string; pick: () => Promise<string | undefined | void> }) {
  const [picked, setPicked] = useState<string | void>('');
  const [, start] = useTransition();
  return (
    <p>
      <button id={id} onClick={() => start(async () => setPicked(await pick()))}>
        {id}
      </button>
      <output id={`${id}-picked`}>{picked ?? 'undefined'}</output>
    </p>
  );
}

'use client';

import { useState } from 'react';

/** A button that shows what its function gives back. */
export function Run({ name, run }: { name: string; run: () => Promise<unknown> }) {
  const [shown, show] = useState('');
  const click = async () => {
    try {
      const result = await run();
      show(result === undefined ? 'undefined' : JSON.stringify(result));
    } catch (error) {
      show(error instanceof Error ? 'an error' : 'something else');
    }
  };
  return (
    <p>
      <button id={name} onClick={click}>
        {name}
      </button>
      <output id={`${name}-result`}>{shown}</output>
    </p>
  );
}

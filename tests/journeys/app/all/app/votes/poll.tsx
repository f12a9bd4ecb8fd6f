'use client';

import { useState } from 'react';
import { poll } from './actions';

export function Poll() {
  const [shown, show] = useState(0);
  return (
    <p>
      <button id="poll" onClick={async () => show(await poll('milk', 2))}>
        poll
      </button>
      <output id="poll-result">{shown} for milk</output>
    </p>
  );
}

'use client';

import { useState } from 'react';
import { first, schedule, today } from './actions';

export function Client({ approve }: { approve: (id: number) => Promise<void> }) {
  const [shown, show] = useState('');
  return (
    <>
      <button id="approve" onClick={() => approve(5)}>
        approve
      </button>
      <button id="schedule" onClick={async () => show(await schedule(new Date(86_400_000)))}>
        schedule
      </button>
      <button id="today" onClick={async () => show(String((await today()).at.getTime()))}>
        today
      </button>
      <button id="first" onClick={async () => show(String(await first([3, 4])))}>
        first
      </button>
      <p id="shown">{shown}</p>
    </>
  );
}

'use client';

import { useState } from 'react';

export function Vote({ name }: { name: string }) {
  const [shown, show] = useState('');
  async function vote() {
    const response = await fetch('/api/votes', { method: 'POST', body: JSON.stringify({ name }) });
    const answer = (await response.json()) as { count: number } | { error: string };
    show('error' in answer ? answer.error : `${answer.count} for ${name}`);
  }
  return (
    <p>
      <button id={`vote-${name}`} onClick={vote}>
        vote
      </button>
      <output id={`vote-${name}-result`}>{shown}</output>
    </p>
  );
}

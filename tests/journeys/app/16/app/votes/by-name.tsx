'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';

export function Set({ name, count }: { name: string; count: number }) {
  const [shown, show] = useState('');
  async function set() {
    const response = await fetch(`/api/votes/${encodeURIComponent(name)}?by=hand`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ count }),
    });
    if (!response.ok) {
      const { error } = await response.json().catch(() => ({}));
      show(`${response.status}: ${error}`);
      return;
    }
    const answer = await response.json();
    show(`${answer.was ?? 'nothing'} before`);
  }
  return (
    <p>
      <button id={`set-${count}`} onClick={set}>
        set
      </button>
      <output id={`set-${count}-result`}>{shown}</output>
    </p>
  );
}

export function Remove({ name }: { name: string }) {
  const router = useRouter();
  const [shown, show] = useState('');
  async function remove() {
    const response = await fetch(`/api/votes/${encodeURIComponent(name)}`, { method: 'DELETE' });
    show(response.ok ? await response.text() : `not removed: ${response.status}`);
    router.refresh();
  }
  return (
    <p>
      <button id={`remove-${name}`} onClick={remove}>
        remove
      </button>
      <output id={`remove-${name}-result`}>{shown}</output>
    </p>
  );
}

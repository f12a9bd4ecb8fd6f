'use client';

import { useState } from 'react';
import { forget, language, setTheme, signOut } from './actions';
import { Pick } from './pick';

export function Theme() {
  const [speaks, setSpeaks] = useState('?');
  return (
    <>
      <Pick id="dark" pick={() => setTheme('dark')} />
      <Pick id="light" pick={setTheme.bind(null, 'light')} />
      <Pick id="forget" pick={forget} />
      <button id="language" onClick={async () => setSpeaks((await language()) ?? 'nothing')}>
        language
      </button>
      <p id="speaks">{speaks}</p>
      <button id="sign-out" onClick={async () => await signOut()}>
        sign out
      </button>
    </>
  );
}

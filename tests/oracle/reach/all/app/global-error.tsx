'use client';

import { globalError } from '@/actions/global-error';

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <button onClick={() => globalError('x')}>send</button>
      </body>
    </html>
  );
}

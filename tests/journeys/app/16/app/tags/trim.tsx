'use client';

import { trimLog } from './actions';

export function Trim() {
  return (
    <button id="trim-log" onClick={() => trimLog(1)}>
      trim
    </button>
  );
}

'use client';

import { coreAction } from '@oracle/core/actions';
import { uiAction } from './ui-actions';

export function SaveButton() {
  return <button onClick={() => coreAction('a', 'b').then(uiAction)}>save</button>;
}

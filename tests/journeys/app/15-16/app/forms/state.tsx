'use client';

import { useActionState } from 'react';
import { saveProfile, subscribe, type Saved } from './actions';

const NOTHING: Saved = { problems: {} };

export function Profile() {
  const [state, action] = useActionState(saveProfile, NOTHING);
  return (
    <form action={action}>
      <input name="name" />
      <input name="age" />
      <button id="save-profile">save</button>
      <p id="saved">{state.saved ?? 'nothing saved'}</p>
      <p id="problems">{[state.problems.name, ...(state.problems.age ?? [])].filter(Boolean).join(', ')}</p>
    </form>
  );
}

export function Subscribe() {
  const [problem, action] = useActionState(subscribe, null);
  return (
    <form action={action}>
      <input name="mail" />
      <button id="subscribe">subscribe</button>
      <p id="subscribe-problem">{problem}</p>
    </form>
  );
}

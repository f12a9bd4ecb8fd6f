'use client';

import { useActionState } from 'react';
import { signIn, type SignInState } from '@/actions/session';

const initial: SignInState = {};

export function LoginForm() {
  const [state, formAction, pending] = useActionState(signIn, initial);

  return (
    <form action={formAction} className="row">
      <input type="email" name="email" placeholder="ada@example.com" required />
      <button disabled={pending}>Sign in</button>
      {state.error && <output>{state.error}</output>}
    </form>
  );
}

"use server";

import { redirect } from 'next/navigation';
import { customerByEmail } from '@/lib/db';
import { endSession, startSession } from '@/lib/session';

export type SignInState = { error?: string };

// A demonstration has no passwords: knowing the address is enough.
async function open(_previous: SignInState, formData: FormData): Promise<SignInState> {
  const customer = customerByEmail(String(formData.get('email')).trim().toLowerCase());
  if (!customer) return { error: 'Nobody has that address. Try ada@example.com.' };

  await startSession(customer);
  redirect('/account');
}

const close = async () => {
  await endSession();
  redirect('/');
};

export { open as signIn, close as signOut };

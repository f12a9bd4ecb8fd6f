import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';

/** Sends whoever isn't signed in away. */
export async function needUser() {
  const user = (await cookies()).get('user')?.value;
  if (!user) redirect('/session?please=sign-in');
  return user;
}

export async function remember(name: string, value: string) {
  (await cookies()).set(name, value);
}

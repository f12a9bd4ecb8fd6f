'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { db } from '@/lib/db';

export default async function subscribe(formData: FormData) {
  const email = z.email().safeParse(formData.get('email'));
  if (!email.success) return;

  db.subscribers.add(email.data);
  (await cookies()).set('subscribed', 'yes', { path: '/', maxAge: 365 * 24 * 60 * 60 });
}

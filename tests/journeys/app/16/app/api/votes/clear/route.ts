import { revalidatePath } from 'next/cache';
import { write } from '@/lib/store';

export async function POST(request: Request) {
  const form = await request.formData();
  const except = String(form.get('except') ?? '');
  write((store) => (store.votes = except in store.votes ? { [except]: store.votes[except] ?? 0 } : {}));
  revalidatePath('/votes');
  if (except) return Response.redirect(new URL(`/votes?except=${except}`, request.url), 303);
  return Response.redirect(new URL('/votes', request.url), 303);
}

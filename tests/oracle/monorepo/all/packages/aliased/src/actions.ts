'use server';

export async function aliasedAction(a: string) {
  return a;
}

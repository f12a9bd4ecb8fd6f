'use server';

export async function local(a: string) {
  return a;
}

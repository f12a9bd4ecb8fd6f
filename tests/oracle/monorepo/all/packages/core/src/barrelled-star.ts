'use server';

export async function coreByStar(a: string) {
  return a;
}

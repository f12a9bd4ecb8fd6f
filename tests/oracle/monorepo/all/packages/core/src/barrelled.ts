'use server';

export async function coreByBarrel(a: string) {
  return a;
}

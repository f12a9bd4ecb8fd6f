'use server';

export async function record(a: string) {
  return a;
}

'use server';

export async function uiAction(a: string) {
  return a;
}

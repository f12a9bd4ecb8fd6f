'use server';

export async function inHook(text: string) {
  return `inHook ${text}`;
}

'use server';

export async function reactLazy(text: string) {
  return `reactLazy ${text}`;
}

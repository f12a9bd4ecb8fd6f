'use server';

export async function unused(text: string) {
  return `unused ${text}`;
}

'use server';

export async function rootNotFound(text: string) {
  return `rootNotFound ${text}`;
}

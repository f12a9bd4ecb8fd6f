'use server';

export async function aroundNotFound(text: string) {
  return `aroundNotFound ${text}`;
}

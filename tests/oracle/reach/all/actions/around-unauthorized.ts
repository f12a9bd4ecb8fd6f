'use server';

export async function aroundUnauthorized(text: string) {
  return `aroundUnauthorized ${text}`;
}

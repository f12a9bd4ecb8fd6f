'use server';

export async function aroundError(text: string) {
  return `aroundError ${text}`;
}

'use server';

export async function sameFileUsed(text: string) {
  return `sameFileUsed ${text}`;
}

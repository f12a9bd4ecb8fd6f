'use server';

export async function sameFileSpare(text: string) {
  return `sameFileSpare ${text}`;
}

'use server';

export async function inGroup(text: string) {
  return `inGroup ${text}`;
}

'use server';

export async function inImage(text: string) {
  return `inImage ${text}`;
}

'use server';

export async function sameServerUsed(text: string) {
  return `sameServerUsed ${text}`;
}

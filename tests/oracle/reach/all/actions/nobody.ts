'use server';

export async function nobody(text: string) {
  return `nobody ${text}`;
}

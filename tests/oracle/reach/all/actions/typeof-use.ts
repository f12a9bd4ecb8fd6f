'use server';

export async function typeofUse(text: string) {
  return `typeofUse ${text}`;
}

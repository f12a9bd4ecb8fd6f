'use server';

export async function serverOnlyUse(text: string) {
  return `serverOnlyUse ${text}`;
}

'use server';

export async function globalError(text: string) {
  return `globalError ${text}`;
}

'use server';

export async function sharedBoth(text: string) {
  return `sharedBoth ${text}`;
}

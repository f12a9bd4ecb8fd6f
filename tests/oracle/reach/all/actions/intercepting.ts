'use server';

export async function intercepting(text: string) {
  return `intercepting ${text}`;
}

'use server';

export async function notFoundBelow(text: string) {
  return `notFoundBelow ${text}`;
}

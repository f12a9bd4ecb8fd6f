'use server';

export async function clientNotRendered(text: string) {
  return `clientNotRendered ${text}`;
}

'use server';

export async function clientPage(text: string) {
  return `clientPage ${text}`;
}

'use server';

export async function clientUnusedJs(text) {
  return `clientUnusedJs ${text}`;
}

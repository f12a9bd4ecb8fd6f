'use server';

export async function plainJs(text) {
  return `plainJs ${text}`;
}

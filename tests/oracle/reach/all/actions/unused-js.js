'use server';

export async function unusedJs(text) {
  return `unusedJs ${text}`;
}

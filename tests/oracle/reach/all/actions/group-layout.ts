'use server';

export async function groupLayout(text: string) {
  return `groupLayout ${text}`;
}

'use server';

export async function inlineType(text: string) {
  return `inlineType ${text}`;
}

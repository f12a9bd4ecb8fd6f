'use server';

export async function inParam(text: string) {
  return `inParam ${text}`;
}

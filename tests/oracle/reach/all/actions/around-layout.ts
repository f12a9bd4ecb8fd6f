'use server';

export async function aroundLayout(text: string) {
  return `aroundLayout ${text}`;
}

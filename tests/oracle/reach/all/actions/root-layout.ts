'use server';

export async function rootLayout(text: string) {
  return `rootLayout ${text}`;
}

'use server';

export async function serverRequire(text: string) {
  return `serverRequire ${text}`;
}

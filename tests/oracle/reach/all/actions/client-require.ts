'use server';

export async function clientRequire(text: string) {
  return `clientRequire ${text}`;
}

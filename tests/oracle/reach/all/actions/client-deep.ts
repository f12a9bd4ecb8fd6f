'use server';

export async function clientDeep(text: string) {
  return `clientDeep ${text}`;
}

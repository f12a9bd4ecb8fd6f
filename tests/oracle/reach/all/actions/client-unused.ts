'use server';

export async function clientUnused(text: string) {
  return `clientUnused ${text}`;
}

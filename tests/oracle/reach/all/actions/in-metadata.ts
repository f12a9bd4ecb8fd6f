'use server';

export async function inMetadata(text: string) {
  return `inMetadata ${text}`;
}

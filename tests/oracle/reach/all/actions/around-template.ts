'use server';

export async function aroundTemplate(text: string) {
  return `aroundTemplate ${text}`;
}

'use server';

export async function serverComponentsOne(text: string) {
  return `serverComponentsOne ${text}`;
}

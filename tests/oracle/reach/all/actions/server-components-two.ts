'use server';

export async function serverComponentsTwo(text: string) {
  return `serverComponentsTwo ${text}`;
}

'use server';

export async function serverBarrelB(text: string) {
  return `serverBarrelB ${text}`;
}

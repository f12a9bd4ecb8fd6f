'use server';

export async function serverBarrelC(text: string) {
  return `serverBarrelC ${text}`;
}

'use server';

export async function serverBarrelA(text: string) {
  return `serverBarrelA ${text}`;
}

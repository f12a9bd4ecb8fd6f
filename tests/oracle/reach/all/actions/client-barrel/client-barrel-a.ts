'use server';

export async function clientBarrelA(text: string) {
  return `clientBarrelA ${text}`;
}

'use server';

export async function clientBarrelB(text: string) {
  return `clientBarrelB ${text}`;
}

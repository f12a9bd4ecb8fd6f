'use server';

export async function clientBarrelC(text: string) {
  return `clientBarrelC ${text}`;
}

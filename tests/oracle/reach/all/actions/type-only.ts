'use server';

export async function typeOnly(text: string) {
  return `typeOnly ${text}`;
}

'use server';

export async function relistedFrom(text: string) {
  return `relistedFrom ${text}`;
}

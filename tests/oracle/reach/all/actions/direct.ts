'use server';

export async function direct(text: string) {
  return `direct ${text}`;
}

export async function directSpare(text: string) {
  return `directSpare ${text}`;
}

'use server';

export async function passedDown(text: string) {
  return `passedDown ${text}`;
}

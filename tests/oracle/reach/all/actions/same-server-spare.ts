'use server';

export async function sameServerSpare(text: string) {
  return `sameServerSpare ${text}`;
}

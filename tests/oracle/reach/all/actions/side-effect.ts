'use server';

export async function sideEffect(text: string) {
  return `sideEffect ${text}`;
}

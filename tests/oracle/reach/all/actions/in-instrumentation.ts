'use server';

export async function inInstrumentation(text: string) {
  return `inInstrumentation ${text}`;
}

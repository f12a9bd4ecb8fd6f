'use server';

export async function intercepted(text: string) {
  return `intercepted ${text}`;
}

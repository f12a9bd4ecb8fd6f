'use server';

export async function modalDefault(text: string) {
  return `modalDefault ${text}`;
}

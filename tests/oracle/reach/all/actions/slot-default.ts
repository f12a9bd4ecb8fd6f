'use server';

export async function slotDefault(text: string) {
  return `slotDefault ${text}`;
}

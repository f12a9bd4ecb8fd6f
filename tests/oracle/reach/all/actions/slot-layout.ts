'use server';

export async function slotLayout(text: string) {
  return `slotLayout ${text}`;
}

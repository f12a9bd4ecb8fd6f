'use server';

export async function slotPage(text: string) {
  return `slotPage ${text}`;
}

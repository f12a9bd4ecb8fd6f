'use server';

export async function slotOnly(text: string) {
  return `slotOnly ${text}`;
}

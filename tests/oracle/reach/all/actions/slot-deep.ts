'use server';

export async function slotDeep(text: string) {
  return `slotDeep ${text}`;
}

'use server';

export async function slotLoading(text: string) {
  return `slotLoading ${text}`;
}

'use server';

export async function feedDefault(text: string) {
  return `feedDefault ${text}`;
}

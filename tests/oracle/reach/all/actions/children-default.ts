'use server';

export async function childrenDefault(text: string) {
  return `childrenDefault ${text}`;
}

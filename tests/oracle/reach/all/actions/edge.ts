'use server';

export async function edge(text: string) {
  return `edge ${text}`;
}

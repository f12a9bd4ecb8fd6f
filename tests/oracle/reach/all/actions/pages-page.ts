'use server';

export async function pagesPage(text: string) {
  return `pagesPage ${text}`;
}

'use server';

export async function twoPages(text: string) {
  return `twoPages ${text}`;
}

'use server';

export async function feedPage(text: string) {
  return `feedPage ${text}`;
}

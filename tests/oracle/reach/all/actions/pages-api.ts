'use server';

export async function pagesApi(text: string) {
  return `pagesApi ${text}`;
}

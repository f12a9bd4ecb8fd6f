'use server';

export async function inSitemap(text: string) {
  return `inSitemap ${text}`;
}

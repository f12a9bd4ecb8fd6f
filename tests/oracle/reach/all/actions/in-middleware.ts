'use server';

export async function inMiddleware(text: string) {
  return `inMiddleware ${text}`;
}

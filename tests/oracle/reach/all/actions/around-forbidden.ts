'use server';

export async function aroundForbidden(text: string) {
  return `aroundForbidden ${text}`;
}

'use server';

export async function aroundLoading(text: string) {
  return `aroundLoading ${text}`;
}

'use server';

export async function usedByRoute(text: string) {
  return `usedByRoute ${text}`;
}

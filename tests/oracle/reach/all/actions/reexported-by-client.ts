'use server';

export async function reexportedByClient(text: string) {
  return `reexportedByClient ${text}`;
}

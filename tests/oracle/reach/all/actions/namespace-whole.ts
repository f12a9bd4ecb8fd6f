'use server';

export async function namespaceWhole(text: string) {
  return `namespaceWhole ${text}`;
}

export async function namespaceWholeSpare(text: string) {
  return `namespaceWholeSpare ${text}`;
}

'use server';

export async function clientChildren(text: string) {
  return `clientChildren ${text}`;
}

'use server';

export async function clientNamespace(text: string) {
  return `clientNamespace ${text}`;
}

export async function clientNamespaceSpare(text: string) {
  return `clientNamespaceSpare ${text}`;
}

'use server';

export async function clientImport(text: string) {
  return `clientImport ${text}`;
}

export async function clientImportSpare(text: string) {
  return `clientImportSpare ${text}`;
}

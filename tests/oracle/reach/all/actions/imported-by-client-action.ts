'use server';

export async function importedByClientAction(text: string) {
  return `importedByClientAction ${text}`;
}

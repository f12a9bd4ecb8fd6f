'use server';

export async function importedByAction(text: string) {
  return `importedByAction ${text}`;
}

export async function importedByActionSpare(text: string) {
  return `importedByActionSpare ${text}`;
}

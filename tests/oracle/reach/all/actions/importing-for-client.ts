'use server';

import { importedByClientAction } from './imported-by-client-action';

export async function importingForClient(text: string) {
  return importedByClientAction(text);
}

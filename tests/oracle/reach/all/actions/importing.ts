'use server';

import { importedByAction } from './imported-by-action';

export async function importing(text: string) {
  return importedByAction(text);
}

'use server';

export async function nobody() {
  return 'no file imports this one';
}

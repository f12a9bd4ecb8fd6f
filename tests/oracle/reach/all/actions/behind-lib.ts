'use server';

export async function behindLib(text: string) {
  return `behindLib ${text}`;
}

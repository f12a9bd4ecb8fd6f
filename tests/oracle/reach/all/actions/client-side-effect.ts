'use server';

export async function clientSideEffect(text: string) {
  return `clientSideEffect ${text}`;
}

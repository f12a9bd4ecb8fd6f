'use server';

export async function dynamicClient(text: string) {
  return `dynamicClient ${text}`;
}

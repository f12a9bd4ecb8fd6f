'use server';

export async function fromClient(text: string) {
  return `fromClient ${text}`;
}

export async function fromClientSpare(text: string) {
  return `fromClientSpare ${text}`;
}

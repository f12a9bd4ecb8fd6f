'use server';

export async function deadBranch(text: string) {
  return `deadBranch ${text}`;
}

'use server';

export async function serverDynamic(text: string) {
  return `serverDynamic ${text}`;
}

export async function serverDynamicSpare(text: string) {
  return `serverDynamicSpare ${text}`;
}

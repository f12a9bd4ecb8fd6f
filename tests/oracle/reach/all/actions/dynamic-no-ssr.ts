'use server';

export async function dynamicNoSsr(text: string) {
  return `dynamicNoSsr ${text}`;
}

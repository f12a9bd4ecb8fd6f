'use server';

export async function dynamicServer(text: string) {
  return `dynamicServer ${text}`;
}

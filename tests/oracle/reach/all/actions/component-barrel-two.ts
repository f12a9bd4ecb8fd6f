'use server';

export async function componentBarrelTwo(text: string) {
  return `componentBarrelTwo ${text}`;
}

'use server';

export async function componentBarrelOne(text: string) {
  return `componentBarrelOne ${text}`;
}

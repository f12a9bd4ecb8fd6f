'use server';

export async function save(a: string, b: string) {
  return a + b;
}

export const remove = async (id: string) => id;

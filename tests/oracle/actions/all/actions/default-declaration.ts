'use server';

export default async function save(a: string, b: string) {
  return a + b;
}

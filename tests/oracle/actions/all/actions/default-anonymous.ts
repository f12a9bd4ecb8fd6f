'use server';

export default async function (a: string) {
  return a;
}

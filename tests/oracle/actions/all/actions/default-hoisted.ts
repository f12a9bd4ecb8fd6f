'use server';

export default save;

async function save(a: string, b: string, c: string) {
  return a + b + c;
}

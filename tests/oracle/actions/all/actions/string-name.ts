'use server';

async function save(a: string) {
  return a;
}

export { save as 'stringName' };

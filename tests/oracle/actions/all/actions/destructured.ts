'use server';

function make() {
  return {
    create: async (a: string) => a,
    remove: async (a: string) => a,
  };
}

export const { create, remove } = make();

export const [head, tail] = [async () => 'head', async () => 'tail'];

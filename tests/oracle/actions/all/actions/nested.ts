'use server';

/** Hands out more actions, with a directive of their own. */
export async function outer(id: string) {
  async function innerDeclaration(a: string) {
    'use server';
    return id + a;
  }

  const innerArrow = async (a: string) => {
    'use server';
    return id + a;
  };

  return [innerDeclaration, innerArrow];
}

async function unexported(a: string) {
  'use server';
  return a;
}

export const between = async () => unexported;

'use server';

async function declared(a: string) {
  return a;
}

const assigned = async (a: string, b: string) => a + b;

const expressed = async function (a: string) {
  return a;
};

async function twice(a: string) {
  return a;
}

export async function alsoListed(a: string) {
  return a;
}

export { declared, assigned as renamed, expressed };
export { twice as twiceA, twice as twiceB };
export { alsoListed as listedAgain };

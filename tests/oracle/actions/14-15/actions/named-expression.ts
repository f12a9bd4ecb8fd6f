'use server';

// 16.4.6 takes the inner name away and fails when it evaluates the module.
export const namedExpression = async function inner(a: string) {
  return a;
};

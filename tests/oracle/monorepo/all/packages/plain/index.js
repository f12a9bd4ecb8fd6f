'use server';

// JavaScript that no `transpilePackages` lists.
export async function plainAction(a) {
  return a;
}

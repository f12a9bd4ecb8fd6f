'use server';

// 14 and 15 write the property's name where the variable's belongs, and fail.
export const { create: made } = {
  create: async (a: string) => a,
};

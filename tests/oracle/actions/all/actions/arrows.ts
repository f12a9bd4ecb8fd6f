'use server';

export const arrow = async () => 'arrow';

export const arrowOne = async (a: string) => a;

export const arrowPattern = async (a: string, { b }: { b: string }) => a + b;

export const expression = async function (a: string, b: string) {
  return a + b;
};

export const first = async (a: string) => a,
  second = async (a: string, b: string) => a + b;

export let changeable = async (...all: string[]) => all;

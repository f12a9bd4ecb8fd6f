'use server';

export async function none() {
  return 'none';
}

export async function one(a: string) {
  return a;
}

export async function two(a: string, b: number) {
  return [a, b];
}

export async function three(a: string, b: number, c: boolean) {
  return [a, b, c];
}

export async function six(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6) {
  return [a, b, c, d, e, f];
}

export async function seven(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7) {
  return [a, b, c, d, e, f, g];
}

export async function rest(a: string, ...more: string[]) {
  return [a, more];
}

export async function onlyRest(...all: string[]) {
  return all;
}

export async function withDefault(a: string, b = 2, c?: string) {
  return [a, b, c];
}

export async function destructured({ a, b: { c } }: { a: string; b: { c: number } }, [d]: string[]) {
  return [a, c, d];
}

export async function notUsed(_a: string, _b: string) {
  return 'declared, not used';
}

export async function withThis(this: void, a: string) {
  return a;
}

export async function generic<T extends object>(value: T) {
  return value;
}

export async function overloaded(a: string): Promise<string>;
export async function overloaded(a: string, b?: string): Promise<string>;
export async function overloaded(a: string, b = '') {
  return a + b;
}

export async function* generator(count: number) {
  for (let number = 0; number < count; number += 1) yield number;
}

export interface Ignored {
  a: string;
}

export type AlsoIgnored = Ignored['a'];

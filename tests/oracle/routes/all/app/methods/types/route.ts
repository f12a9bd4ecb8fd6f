export type POST = 'a type';

export interface PUT {
  a: string;
}

export type { PATCH } from './types';

export const GET = () => new Response('ok');

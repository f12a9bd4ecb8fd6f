'use client';

import { explode, lookUp } from './actions';

export const Explode = () => (
  <form action={explode}>
    <input name="why" defaultValue="because" />
    <button id="explode">explode</button>
  </form>
);

export const LookUp = ({ id }: { id: number }) => (
  <form action={async (data: FormData) => void (await lookUp(data))}>
    <input type="hidden" name="id" value={id} />
    <button id={`look-up-${id}`}>look up</button>
  </form>
);

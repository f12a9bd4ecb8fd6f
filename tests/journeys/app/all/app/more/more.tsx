'use client';

import { memo, useState } from 'react';
import { Run } from '../calls/run';
import { add, archive, enter, mark, note, search, secret } from './actions';

const sums = { add, half: async (of: number) => (await add(of)) / 2 };

const Mark = memo(function Mark({ id, as = true }: { id: number; as?: boolean }) {
  const [times, count] = useState(0);
  const press = async () => {
    await mark({ id, done: as });
    count((times) => times + 1);
  };
  return (
    <button id={`mark-${id}-${as}`} onClick={press}>
      mark {id} {String(as)} {times}
    </button>
  );
});

export const More = () => (
  <>
    <Run name="archive" run={() => archive(1, 'old')} />
    <Run name="archive-again" run={async () => await archive(99)} />
    <Run name="secret" run={secret} />
    <Run name="search" run={() => search('t', { from: 0, to: null })} />
    <Run name="search-some" run={() => search('t', { from: 1, to: 2 }, 'own')} />
    <Run name="sum" run={() => sums.add(1, 2, 3.5)} />
    <Run name="half" run={() => sums.half(7)} />
    <Mark id={2} />
    <Mark id={2} as={false} />
    <form action={note}>
      <input name="text" />
      <button id="note">note</button>
    </form>
    <form action={enter}>
      <input name="user" />
      <button id="enter">enter</button>
    </form>
  </>
);

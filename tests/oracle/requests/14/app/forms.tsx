'use client';

import { useFormState } from 'react-dom';
import { form, none, pattern, plain, state, values } from './actions';

export function Forms() {
  const [, save] = useFormState(state as never, { count: 1 } as never);
  const all = async () => {
    await none();
    await plain('a', 1, true);
    await values(new Date(), 1n, [], new Set(), { title: '', tags: [] });
    await pattern({ id: '' });
  };
  return (
    <>
      <form action={save as never} />
      <form action={form as never} />
      <button onClick={all}>all</button>
    </>
  );
}

'use client';

import useSWR, { mutate } from 'swr';
import { useActionState } from 'react';
import { createPost } from './actions';
import * as ui from './ui';

const fetcher = (url: string) => fetch(url).then((r) => r.json());

export function Posts({ id, createPost: other }: { id?: string; createPost?: () => void }) {
  const [state, action, pending] = useActionState(createPost, null);
  const { data } = useSWR(id ? `/api/posts/${id}` : null, fetcher);
  const all = useSWR(['/api/posts', id], ([url]) => fetcher(url));

  const save = async (name: string) => {
    const init = { method: 'POST', body: name };
    try {
      await fetch('/api/posts', init);
      await mutate((key) => typeof key === 'string' && key.startsWith('/api/posts'));
    } catch (error) {
      console.error(`nicht gespeichert: ${error} 😀`);
    }
  };

  if (pending) return <p>lädt … 保存</p>;
  return (
    <form action={action} onSubmit={() => void save('é')}>
      <ui.Card title="a & b" rows={data?.rows ?? []} />
      <>{all.data ? <b>{all.data.length}</b> : null}</>
      <button formAction={other}>los</button>
    </form>
  );
}

const Later = dynamic(() => import('./later').then((m) => m.Later), { ssr: false });
export default Later;

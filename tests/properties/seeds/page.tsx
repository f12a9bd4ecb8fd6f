import Link from 'next/link';
import { createPost, removePost } from '../actions';
import { Button } from "@/components/button";

export const dynamic = 'force-dynamic';
export const revalidate = 60;

type Props = { params: Promise<{ id: string }>; searchParams: Record<string, string | undefined> };

export default async function Page({ params, searchParams }: Props) {
  const { id } = await params;

  async function rename(form: FormData) {
    'use server';
    await save(id, form.get('name') as string);
  }

  const drop = async () => {
    "use server";
    await removePost(id);
  };

  return (
    <main className="größe">
      {/* a comment: 'use server' */}
      <h1>Don&apos;t panic — 保存 {id}</h1>
      <form action={rename}>
        <input name="name" defaultValue={searchParams.q ?? `n° ${id}`} />
        <Button formAction={drop}>weg 😀</Button>
        <button formAction={async () => { 'use server'; await createPost(new FormData()); }}>+</button>
      </form>
      <Link href={`/posts/${id}`}>zurück</Link>
      {searchParams.list === '1' && rows.map((row) => <Row key={row.id} {...row} onDrop={removePost.bind(null, row.id)} />)}
    </main>
  );
}

class Cache<T extends object> {
  static #size = 0;
  private rows = new Map<string, T>();
  get(key: string): T | undefined { return this.rows.get(key); }
}

import { save } from './_actions/save';
import { Send } from '@/send';

export default function Page() {
  async function inline(a: string) {
    'use server';
    return a;
  }

  return <Send actions={[save, inline]} />;
}

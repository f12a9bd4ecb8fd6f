import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page() {
  // The inner one has the smaller number.
  async function outer(a: string) {
    'use server';
    async function inner(b: string) {
      'use server';
      const innermost = async () => {
        'use server';
        return a + b;
      };
      return innermost;
    }
    return inner;
  }

  async function after() {
    'use server';
    return 'after';
  }

  return <Send actions={[outer, after]} />;
}

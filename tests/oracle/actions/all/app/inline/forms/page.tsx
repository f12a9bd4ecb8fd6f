import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page() {
  async function declaration(a: string) {
    'use server';
    return a;
  }

  const arrow = async (a: string, b: string) => {
    'use server';
    return a + b;
  };

  const expression = async function () {
    'use server';
    return 'expression';
  };

  const named = async function itself(depth: number): Promise<number> {
    'use server';
    return depth > 0 ? itself(depth - 1) : 0;
  };

  return (
    <>
      <Send actions={[declaration, arrow, expression, named]} />
      <form
        action={async (form: FormData) => {
          "use server";
          form.get('attribute');
        }}
      >
        <button
          formAction={async function (form) {
            'use server';
            form.get('expression in an attribute');
          }}
        />
      </form>
    </>
  );
}

import { Send } from '@/components/send';

const OUTSIDE = 'outside';

export const dynamic = 'force-dynamic';

type Props = { params: { id: string }; searchParams: { q?: string } };

export default function Page({ params: { id }, searchParams }: Props) {
  const user = { name: 'name', address: { city: 'city' } };
  const count = 1;

  async function capturesOne(form: FormData) {
    'use server';
    return [id, form];
  }

  async function capturesSeveral() {
    'use server';
    return [id, count, user.address.city, searchParams.q];
  }

  const capturesAndRest = async (...all: string[]) => {
    'use server';
    return [user.name, all];
  };

  const capturesAndSix = async (a: 1, b: 2, c: 3, d: 4, e: 5, f: 6) => {
    'use server';
    return [id, a, b, c, d, e, f];
  };

  const onlyGlobals = async (a: string) => {
    'use server';
    return [OUTSIDE, process.env.NODE_ENV, a];
  };

  return (
    <>
      <Send actions={[capturesOne, capturesSeveral, capturesAndRest, capturesAndSix, onlyGlobals]} />
      {['a', 'b'].map((item) => (
        <form
          key={item}
          action={async () => {
            'use server';
            console.log(item, id);
          }}
        />
      ))}
    </>
  );
}

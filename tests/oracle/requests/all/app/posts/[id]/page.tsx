import { bound } from '../../actions';
import { Forms } from '../../forms';

export const dynamic = 'force-dynamic';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;

  // -> ["inline","title"]
  async function inline(form: FormData) {
    'use server';
    return ['inline', form.get('title')] as never;
  }

  // -> refused
  async function capturing(form: FormData) {
    'use server';
    return [id, form.get('title')] as never;
  }

  return (
    <>
      <Forms />
      <form action={inline} />
      <form action={capturing} />
      <form action={bound.bind(null, id) as never} />
    </>
  );
}

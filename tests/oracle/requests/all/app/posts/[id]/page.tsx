import { bound } from '../../actions';
import { Forms } from '../../forms';
import { keep, last } from '../../last';

export const dynamic = 'force-dynamic';

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;

  // -> ["inline","title"]
  // form -> last: inline title
  async function inline(form: FormData) {
    'use server';
    keep(`inline ${form.get('title')}`);
    return ['inline', form.get('title')] as never;
  }

  // -> refused
  // form -> refused
  async function capturing(form: FormData) {
    'use server';
    return [id, form.get('title')] as never;
  }

  return (
    <>
      <p>{`last: ${last()}`}</p>
      <Forms />
      <form action={inline} />
      <form action={capturing} />
      <form action={bound.bind(null, id) as never} />
    </>
  );
}

import { Form } from '@/components/form';

export function InlineUnused() {
  async function inlineUnused(text: string) {
    'use server';
    return text;
  }
  return <Form action={inlineUnused} />;
}

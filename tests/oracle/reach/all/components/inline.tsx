import { Form } from '@/components/form';

export function Inline() {
  async function inlineShared(text: string) {
    'use server';
    return text;
  }
  return <Form action={inlineShared} />;
}

export function InlineSpare() {
  async function inlineSpare(text: string) {
    'use server';
    return text;
  }
  return <Form action={inlineSpare} />;
}

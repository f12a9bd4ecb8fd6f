'use server';

import { notFound } from 'next/navigation';

export async function explode(formData: FormData) {
  throw new Error(`not for the page: ${formData.get('why')}`);
}

export async function lookUp(formData: FormData) {
  const id = Number(formData.get('id'));
  if (id > 3) notFound();
  return id;
}

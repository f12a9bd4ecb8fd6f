// Reviews come from visitors, so every input is checked before it is used.
/* The directive may follow comments. */
'use server';

import { findProduct } from '@shop/catalog';
import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { actionClient, customerClient } from '@/lib/action-client';
import { db } from '@/lib/db';

const review = z.object({
  slug: z.string(),
  rating: z.coerce.number().int().min(1).max(5),
  body: z.string().trim().min(10, 'Say a little more.').max(500),
});

export const postReview = customerClient.schema(review).action(async ({ parsedInput, ctx }) => {
  if (!findProduct(parsedInput.slug)) notFound();

  const id = crypto.randomUUID();
  db.reviews.set(id, { ...parsedInput, id, author: ctx.customer.name, helpful: 0 });
  revalidatePath(`/product/${parsedInput.slug}`);
  return { id };
});

export const markHelpful = actionClient
  .schema(z.object({ id: z.string() }))
  .action(async ({ parsedInput }) => {
    const found = db.reviews.get(parsedInput.id);
    if (found) found.helpful += 1;
    return { helpful: found?.helpful ?? 0 };
  });

'use client';

import { useActionState } from 'react';
import useSWR from 'swr';
import { markHelpful, postReview } from '@/actions/reviews';
import type { Review } from '@/lib/db';
import { fetcher } from '@/lib/utils';

export function Reviews({ slug, canModerate = false }: { slug: string; canModerate?: boolean }) {
  const { data: reviews = [], mutate } = useSWR<Review[]>(`/api/products/${slug}/reviews`, fetcher);

  const [result, formAction, pending] = useActionState(
    async (_previous: unknown, formData: FormData) => {
      const answer = await postReview(formData);
      await mutate();
      return answer;
    },
    null,
  );

  async function helpful(id: string) {
    const answer = await markHelpful({ id });
    if (answer.ok) await mutate();
  }

  async function remove(id: string) {
    await fetch('/api/reviews/' + id, { method: 'DELETE' });
    await mutate();
  }

  return (
    <section className="stack">
      <h2>Reviews</h2>
      <ul className="lines">
        {reviews.map((review) => (
          <li key={review.id} className="row">
            <span>
              {'★'.repeat(review.rating)} {review.body}{' '}
              <span className="soft">{review.author}</span>
            </span>
            <button className="quiet" onClick={() => helpful(review.id)}>
              Helpful ({review.helpful})
            </button>
            {canModerate && (
              <button className="quiet" onClick={() => remove(review.id)}>
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      <form action={formAction} className="row">
        <input type="hidden" name="slug" value={slug} />
        <input type="number" name="rating" min={1} max={5} defaultValue={5} aria-label="Stars" />
        <input name="body" placeholder="What do you think of it?" required />
        <button disabled={pending}>Post</button>
        {result?.ok === false && <output>{result.fields.body?.join(' ')}</output>}
      </form>
    </section>
  );
}

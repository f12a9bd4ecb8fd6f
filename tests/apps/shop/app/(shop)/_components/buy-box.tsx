'use client';

import { notifyMe } from '@shop/catalog';
import { useActionState, useEffect } from 'react';
import { useSWRConfig } from 'swr';
import { addItem as addToCart } from '@/actions/cart';

export function BuyBox({ slug, stock }: { slug: string; stock: number }) {
  return stock > 0 ? <AddToCart slug={slug} stock={stock} /> : <NotifyMe slug={slug} />;
}

function AddToCart({ slug, stock }: { slug: string; stock: number }) {
  const { mutate } = useSWRConfig();
  const [state, formAction, pending] = useActionState(addToCart, { message: '', count: 0 });

  useEffect(() => {
    if (state.count > 0) mutate('/api/cart');
  }, [state, mutate]);

  return (
    <form action={formAction} className="row">
      <input type="hidden" name="slug" value={slug} />
      <input
        type="number"
        name="quantity"
        defaultValue={1}
        min={1}
        max={stock}
        aria-label="Quantity"
      />
      <button disabled={pending}>Add to cart</button>
      <output>{state.message}</output>
    </form>
  );
}

function NotifyMe({ slug }: { slug: string }) {
  const [state, formAction, pending] = useActionState(notifyMe, {
    message: 'Sold out for now.',
  });

  return (
    <form action={formAction} className="row">
      <input type="hidden" name="slug" value={slug} />
      <input type="email" name="email" placeholder="you@example.com" required />
      <button disabled={pending}>Tell me when it is back</button>
      <output>{state.message}</output>
    </form>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { useSWRConfig } from 'swr';
import * as cart from '@/actions/cart';
import type { PricedLine } from '@/lib/db';
import { formatPrice, type Currency } from '@/lib/utils';

export function CartLines({ lines, currency }: { lines: PricedLine[]; currency: Currency }) {
  const router = useRouter();
  const { mutate } = useSWRConfig();
  const [pending, startTransition] = useTransition();

  // New lines from the server: the count in the header follows.
  useEffect(() => {
    mutate('/api/cart');
  }, [lines, mutate]);

  function change(slug: string, quantity: number) {
    startTransition(async () => {
      await cart.setQuantity(slug, quantity);
    });
  }

  function empty() {
    startTransition(async () => {
      await fetch('/api/cart', { method: 'DELETE' });
      router.refresh();
    });
  }

  return (
    <>
      <ul className="lines">
        {lines.map(({ slug, quantity, saved, product }) => (
          <li key={slug}>
            <form action={cart.removeItem.bind(null, slug)} className="row">
              <input type="hidden" name="slug" value={slug} />
              <strong>{product.name}</strong> {formatPrice(product.price, currency)}
              <input
                type="number"
                aria-label="Quantity"
                min={1}
                defaultValue={quantity}
                disabled={pending || saved}
                onChange={(event) => change(slug, event.target.valueAsNumber || 1)}
              />
              <button className="quiet">Remove</button>
              <button className="quiet" formAction={cart.saveForLater}>
                {saved ? 'Move to cart' : 'Save for later'}
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form action={cart.checkout} className="row">
        <button disabled={pending}>Check out</button>
        <button type="button" className="quiet" onClick={empty}>
          Empty the cart
        </button>
      </form>
    </>
  );
}

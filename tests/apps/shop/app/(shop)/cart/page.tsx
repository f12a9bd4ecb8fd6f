import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { priced, totalOf } from '@/lib/db';
import { readCart } from '@/lib/session';
import { formatPrice, isCurrency } from '@/lib/utils';
import { CartLines } from '../_components/cart-lines';

export const metadata: Metadata = { title: 'Cart' };

export default async function CartPage() {
  const lines = await readCart();
  const chosen = (await cookies()).get('currency')?.value;
  const currency = isCurrency(chosen) ? chosen : 'EUR';

  return (
    <>
      <h1>Your cart</h1>
      {lines.length === 0 ? (
        <p>Nothing here yet.</p>
      ) : (
        <>
          <CartLines lines={priced(lines)} currency={currency} />
          <p>
            Total <strong>{formatPrice(totalOf(lines), currency)}</strong>
          </p>
        </>
      )}
    </>
  );
}

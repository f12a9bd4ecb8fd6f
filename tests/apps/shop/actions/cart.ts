'use server';

import { takeFromStock, findProduct } from '@shop/catalog';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { placeOrder, priced } from '@/lib/db';
import { addToCart, readCart, requireCustomer, writeCart } from '@/lib/session';

export interface AddState {
  message: string;
  count: number;
}

export async function addItem(previous: AddState, formData: FormData): Promise<AddState> {
  const product = findProduct(String(formData.get('slug')));
  const quantity = Number(formData.get('quantity') ?? 1);
  if (!product || !Number.isInteger(quantity) || quantity < 1) {
    return { ...previous, message: 'That is not something we sell.' };
  }
  if (product.stock < quantity) return { ...previous, message: `Only ${product.stock} left.` };

  const lines = await addToCart(product.slug, quantity);
  revalidatePath('/cart');
  return { message: `${product.name} is in your cart.`, count: lines.length };
}

export async function setQuantity(slug: string, quantity: number) {
  const lines = await readCart();
  await writeCart(
    lines.map((line) =>
      line.slug === slug ? { ...line, quantity: Math.max(1, Math.trunc(quantity)) } : line,
    ),
  );
  revalidatePath('/cart');
}

export const removeItem = async (slug: string) => {
  const lines = await readCart();
  await writeCart(lines.filter((line) => line.slug !== slug));
  revalidatePath('/cart');
};

export const saveForLater = async (formData: FormData) => {
  const slug = formData.get('slug');
  const lines = await readCart();
  await writeCart(
    lines.map((line) => (line.slug === slug ? { ...line, saved: !line.saved } : line)),
  );
  revalidatePath('/cart');
};

export async function checkout() {
  const customer = await requireCustomer();
  const lines = await readCart();
  const bought = priced(lines).filter((line) => !line.saved);
  if (bought.length === 0) redirect('/cart');

  const order = placeOrder(
    customer.id,
    bought.map(({ product, ...line }) => line),
  );
  for (const line of order.lines) takeFromStock(line.slug, line.quantity);
  await writeCart(lines.filter((line) => line.saved));
  redirect(`/account/orders/${order.id}`);
}

/** Vouchers start in spring; no page offers them yet. */
export async function redeemVoucher(code: string): Promise<boolean> {
  return code === 'SPRING' && (await readCart()).length > 0;
}

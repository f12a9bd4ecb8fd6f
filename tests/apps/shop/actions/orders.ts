'use server';

import { revalidatePath } from 'next/cache';
import { notFound } from 'next/navigation';
import { db } from '@/lib/db';
import { requireCustomer } from '@/lib/session';

export const cancelOrder = async function (orderId: string) {
  const customer = await requireCustomer();
  const order = db.orders.get(orderId);
  if (order?.customerId !== customer.id) notFound();

  if (order.status === 'open') order.status = 'cancelled';
  revalidatePath(`/account/orders/${orderId}`);
};

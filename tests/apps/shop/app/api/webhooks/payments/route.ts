import { timingSafeEqual } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { headers } from 'next/headers';
import { z } from 'zod';
import { db } from '@/lib/db';

export const maxDuration = 30;

const event = z.object({ type: z.literal('payment.succeeded'), orderId: z.string() });
const secret = Buffer.from(process.env.PAYMENTS_SECRET ?? 'only-for-development');

export async function POST(request: Request) {
  const given = Buffer.from((await headers()).get('x-payments-secret') ?? '');
  if (given.length !== secret.length || !timingSafeEqual(given, secret)) {
    return new Response(null, { status: 401 });
  }

  const { success, data } = event.safeParse(await request.json());
  const order = success ? db.orders.get(data.orderId) : undefined;
  if (!order) return new Response(null, { status: 422 });

  order.status = 'paid';
  revalidatePath(`/account/orders/${order.id}`);
  return new Response(null, { status: 204 });
}

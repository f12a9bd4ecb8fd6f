import { findProduct, waitlistOf } from '@shop/catalog';
import { leaveWaitlist } from '@shop/catalog/actions';
import type { Metadata } from 'next';
import { revalidatePath } from 'next/cache';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { signOut } from '@/actions/session';
import { db, ordersOf, updateCustomer } from '@/lib/db';
import { addToCart, endSession, requireCustomer } from '@/lib/session';
import { formatPrice } from '@/lib/utils';

export const metadata: Metadata = { title: 'Account' };

function orderAgain(orderId: string) {
  return async () => {
    'use server';
    const customer = await requireCustomer();
    const order = db.orders.get(orderId);
    if (order?.customerId !== customer.id) notFound();

    for (const line of order.lines) await addToCart(line.slug, line.quantity);
    redirect('/cart');
  };
}

export default async function AccountPage() {
  const customer = await requireCustomer();
  const waiting = waitlistOf(customer.email).flatMap((slug) => findProduct(slug) ?? []);

  async function rename(formData: FormData) {
    'use server';
    const name = String(formData.get('name')).trim();
    if (name) updateCustomer(customer.id, { name });
    revalidatePath('/account');
  }

  const settings = {
    toggleNewsletter: async () => {
      'use server';
      updateCustomer(customer.id, { newsletter: !customer.newsletter });
      revalidatePath('/account');
    },
    async closeAccount() {
      'use server';
      const { id } = await requireCustomer();
      db.customers.delete(id);
      await endSession();
      redirect('/');
    },
  };

  return (
    <div className="stack">
      <h1>Hello, {customer.name}</h1>

      <form action={rename} className="row">
        <input name="name" defaultValue={customer.name} aria-label="Name" />
        <button>Save</button>
      </form>

      <h2>Orders</h2>
      <ul className="lines">
        {ordersOf(customer.id).map((order) => (
          <li key={order.id}>
            <form action={orderAgain(order.id)} className="row">
              <Link href={`/account/orders/${order.id}`}>No. {order.id}</Link>
              {formatPrice(order.total)} · {order.status}
              <button className="quiet">Order again</button>
            </form>
          </li>
        ))}
      </ul>

      {waiting.length > 0 && <h2>Waiting for</h2>}
      {waiting.map((product) => (
        <form
          key={product.slug}
          className="row"
          action={async (formData: FormData) => {
            'use server';
            await leaveWaitlist(String(formData.get('slug')), customer.email);
            revalidatePath('/account');
          }}
        >
          <input type="hidden" name="slug" value={product.slug} />
          {product.name} <button className="quiet">Stop waiting</button>
        </form>
      ))}

      <h2>This account</h2>
      <form action={settings.toggleNewsletter} className="row">
        <button className="quiet">
          {customer.newsletter ? 'Stop the newsletter' : 'Get the newsletter'}
        </button>
        <button className="quiet" formAction={signOut}>
          Sign out
        </button>
        <button className="quiet" formAction={settings.closeAccount}>
          Close the account
        </button>
      </form>
      {customer.staff && <Link href="/staff">Products</Link>}
    </div>
  );
}

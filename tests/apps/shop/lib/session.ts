import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { db, type CartLine, type Customer } from './db';

const SESSION = 'session';
const CART = 'cart';
const options = { httpOnly: true, sameSite: 'lax', path: '/' } as const;

export async function currentCustomer(): Promise<Customer | undefined> {
  const token = (await cookies()).get(SESSION)?.value;
  const id = token && db.sessions.get(token);
  return id ? db.customers.get(id) : undefined;
}

export async function requireCustomer(): Promise<Customer> {
  return (await currentCustomer()) ?? redirect('/login');
}

export async function startSession(customer: Customer): Promise<void> {
  const token = crypto.randomUUID();
  db.sessions.set(token, customer.id);
  (await cookies()).set(SESSION, token, options);
}

export async function endSession(): Promise<void> {
  const jar = await cookies();
  db.sessions.delete(jar.get(SESSION)?.value ?? '');
  jar.delete(SESSION);
}

/** The lines of the visitor's cart; empty while there is none. */
export async function readCart(): Promise<CartLine[]> {
  const id = (await cookies()).get(CART)?.value;
  return (id && db.carts.get(id)) || [];
}

/** Writes the cart, and opens one at the first write. Only where cookies can be set. */
export async function writeCart(lines: CartLine[]): Promise<void> {
  const jar = await cookies();
  let id = jar.get(CART)?.value;
  if (!id) {
    id = crypto.randomUUID();
    jar.set(CART, id, options);
  }
  db.carts.set(id, lines);
}

export async function addToCart(slug: string, quantity: number): Promise<CartLine[]> {
  const lines = await readCart();
  const line = lines.find((entry) => entry.slug === slug);
  const rest = lines.filter((entry) => entry !== line);
  const next = [...rest, { slug, quantity: (line?.quantity ?? 0) + quantity, saved: false }];
  await writeCart(next);
  return next;
}

import { findProduct, type Product } from '@shop/catalog';

export interface Customer {
  id: string;
  email: string;
  name: string;
  staff: boolean;
  newsletter: boolean;
}

export interface CartLine {
  slug: string;
  quantity: number;
  saved: boolean;
}

export interface Review {
  id: string;
  slug: string;
  author: string;
  rating: number;
  body: string;
  helpful: number;
}

export interface Order {
  id: string;
  customerId: string;
  lines: CartLine[];
  total: number;
  status: 'open' | 'paid' | 'cancelled';
}

const customers: Customer[] = [
  { id: 'c1', email: 'ada@example.com', name: 'Ada', staff: true, newsletter: true },
  { id: 'c2', email: 'lin@example.com', name: 'Lin', staff: false, newsletter: false },
];

const reviews: Review[] = [
  {
    id: 'r1',
    slug: 'heron-lamp',
    author: 'Lin',
    rating: 5,
    body: 'Stays exactly where I put it.',
    helpful: 3,
  },
  {
    id: 'r2',
    slug: 'tide-notebook',
    author: 'Ada',
    rating: 4,
    body: 'Lies flat, as promised.',
    helpful: 1,
  },
];

const orders: Order[] = [
  {
    id: '1001',
    customerId: 'c1',
    lines: [{ slug: 'tide-notebook', quantity: 2, saved: false }],
    total: 3700,
    status: 'open',
  },
];

function seed() {
  return {
    customers: new Map(customers.map((customer) => [customer.id, customer])),
    reviews: new Map(reviews.map((review) => [review.id, review])),
    orders: new Map(orders.map((order) => [order.id, order])),
    /** Session token to customer id. */
    sessions: new Map<string, string>(),
    /** Cart cookie to the lines of that cart. */
    carts: new Map<string, CartLine[]>(),
    subscribers: new Set<string>(),
  };
}

const shared = globalThis as typeof globalThis & { shopDb?: ReturnType<typeof seed> };

// One store for every bundle of the server, and across hot reloads.
export const db = (shared.shopDb ??= seed());

export function customerByEmail(email: string): Customer | undefined {
  return [...db.customers.values()].find((customer) => customer.email === email);
}

export function updateCustomer(id: string, change: Partial<Omit<Customer, 'id'>>): void {
  const customer = db.customers.get(id);
  if (customer) db.customers.set(id, { ...customer, ...change });
}

export function reviewsOf(slug: string): Review[] {
  return [...db.reviews.values()].filter((review) => review.slug === slug);
}

export function ordersOf(customerId: string): Order[] {
  return [...db.orders.values()].filter((order) => order.customerId === customerId);
}

export interface PricedLine extends CartLine {
  product: Product;
}

/** The lines whose product is still on sale. */
export function priced(lines: CartLine[]): PricedLine[] {
  return lines.flatMap((line) => {
    const product = findProduct(line.slug);
    return product ? [{ ...line, product }] : [];
  });
}

export function totalOf(lines: CartLine[]): number {
  return priced(lines)
    .filter((line) => !line.saved)
    .reduce((sum, line) => sum + line.quantity * line.product.price, 0);
}

export function placeOrder(customerId: string, lines: CartLine[]): Order {
  const order: Order = {
    id: String(Math.max(1000, ...[...db.orders.keys()].map(Number)) + 1),
    customerId,
    lines,
    total: totalOf(lines),
    status: 'open',
  };
  db.orders.set(order.id, order);
  return order;
}

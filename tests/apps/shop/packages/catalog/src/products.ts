export interface Product {
  slug: string;
  name: string;
  tagline: string;
  description: string;
  /** In euro cents. */
  price: number;
  /** From the widest to the narrowest, as in `/category/light/desk`. */
  category: string[];
  stock: number;
  /** The colour of its drawing, in degrees. */
  hue: number;
}

interface Catalog {
  products: Map<string, Product>;
  /** Who waits for which product: slug to e-mail addresses. */
  waitlist: Map<string, Set<string>>;
}

const seed: Product[] = [
  {
    slug: "heron-lamp",
    name: "Heron lamp",
    tagline: "A desk lamp on one long leg",
    description: "Folded steel, a warm bulb, and a neck that stays where you leave it.",
    price: 12900,
    category: ["light", "desk"],
    stock: 14,
    hue: 205,
  },
  {
    slug: "lantern-no-4",
    name: "Lantern No. 4",
    tagline: "For reading past midnight",
    description: "Paper shade on an ash ring. Comes flat, takes two minutes to put up.",
    price: 8400,
    category: ["light", "ceiling"],
    stock: 5,
    hue: 42,
  },
  {
    slug: "tide-notebook",
    name: "Tide notebook",
    tagline: "192 pages that lie flat",
    description: "Thread-sewn, dotted, and bound in cloth that wears well.",
    price: 1850,
    category: ["paper", "notebooks"],
    stock: 120,
    hue: 168,
  },
  {
    slug: "ledger-pad",
    name: "Ledger pad",
    tagline: "Columns for people who count",
    description: "Fifty sheets of heavy paper with a ruled margin and a stiff back.",
    price: 950,
    category: ["paper", "pads"],
    stock: 64,
    hue: 12,
  },
  {
    slug: "quarry-tray",
    name: "Quarry tray",
    tagline: "Somewhere for your keys",
    description: "Cut from one piece of slate. No two have the same edge.",
    price: 3600,
    category: ["storage", "desk"],
    stock: 0,
    hue: 265,
  },
];

const shared = globalThis as typeof globalThis & { shopCatalog?: Catalog };

// One catalog for every bundle of the server, and across hot reloads.
const catalog = (shared.shopCatalog ??= {
  products: new Map(seed.map((product) => [product.slug, product])),
  waitlist: new Map(),
});

export function allProducts(): Product[] {
  return [...catalog.products.values()];
}

export function productBySlug(slug: string): Product | undefined {
  return catalog.products.get(slug);
}

export function productsUnder(category: string[]): Product[] {
  return allProducts().filter((product) =>
    category.every((part, depth) => product.category[depth] === part),
  );
}

export function matchingProducts(query: string): Product[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return allProducts().filter(({ name, tagline }) => {
    const text = `${name} ${tagline}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function putProduct(product: Product): Product {
  catalog.products.set(product.slug, product);
  return product;
}

export function dropProduct(slug: string): boolean {
  return catalog.products.delete(slug);
}

export function takeFromStock(slug: string, quantity: number): void {
  const product = catalog.products.get(slug);
  if (product) product.stock = Math.max(0, product.stock - quantity);
}

export function waitingFor(slug: string): Set<string> {
  const waiting = catalog.waitlist.get(slug) ?? new Set<string>();
  catalog.waitlist.set(slug, waiting);
  return waiting;
}

export function waitlistOf(email: string): string[] {
  return [...catalog.waitlist].filter(([, waiting]) => waiting.has(email)).map(([slug]) => slug);
}

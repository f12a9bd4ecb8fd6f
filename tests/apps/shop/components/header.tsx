'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useState } from 'react';
import useSWR from 'swr';
import type { Product } from '@shop/catalog';
import { fetcher } from '@/lib/utils';

export function Header() {
  const pathname = usePathname();
  const { data: cart, mutate } = useSWR<{ count: number }>('/api/cart', fetcher);

  // A redirect may have come with a new cart.
  useEffect(() => {
    mutate();
  }, [pathname, mutate]);

  return (
    <header>
      <Link href="/" className="brand">
        Larch
      </Link>
      <Search />
      <nav className="row">
        <Currency />
        <Link href="/account">Account</Link>
        <Link href="/cart">Cart {cart ? `(${cart.count})` : ''}</Link>
      </nav>
    </header>
  );
}

function Search() {
  const [results, setResults] = useState<Product[]>([]);

  async function search(query: string) {
    if (query.length < 2) return setResults([]);
    const url = new URL('/api/search', window.location.origin);
    url.searchParams.set('q', query);
    const response = await fetch(url);
    setResults(await response.json());
  }

  return (
    <search className="search">
      <input type="search" placeholder="Search" onChange={(event) => search(event.target.value)} />
      {results.length > 0 && (
        <ul>
          {results.map(({ slug, name }) => (
            <li key={slug}>
              <Link href={`/product/${slug}`} onClick={() => setResults([])}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

function Currency() {
  const { data: rates = {} } = useSWR<Record<string, number>>('/api/legacy', fetcher);

  return (
    <form action="/api/preferences" method="post" className="row">
      <select name="currency" aria-label="Currency">
        {Object.keys(rates).map((currency) => (
          <option key={currency}>{currency}</option>
        ))}
      </select>
      <button className="quiet">Use</button>
    </form>
  );
}

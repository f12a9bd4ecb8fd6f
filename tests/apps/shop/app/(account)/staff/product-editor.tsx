'use client';

import type { Product } from '@shop/catalog';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';

const STOCK_URL = '/api/stock';

export function ProductEditor({ product }: { product?: Product }) {
  const router = useRouter();
  const [message, setMessage] = useState('');

  async function report(response: Response) {
    const body = response.status === 204 ? null : await response.json();
    setMessage(response.ok ? 'Saved.' : body.error);
    router.refresh();
  }

  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get('name'));
    const next: Product = {
      ...(product ?? {
        slug: slugify(name),
        tagline: '',
        description: '',
        category: ['new'],
        stock: 0,
        hue: 90,
      }),
      name,
      price: Math.round(Number(fields.get('price')) * 100),
    };

    await report(
      await fetch(product ? `/api/products/${product.slug}` : '/api/products', {
        method: product ? 'PUT' : 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(next),
      }),
    );
  }

  async function restock(slug: string) {
    const stock: Record<string, number> = await fetch(STOCK_URL).then((response) =>
      response.json(),
    );
    const url = `/api/products/${slug}`;
    await report(
      await fetch(url, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ stock: (stock[slug] ?? 0) + 10 }),
      }),
    );
  }

  async function remove(slug: string) {
    await report(await fetch(`/api/products/${slug}`, { method: 'DELETE' }));
  }

  async function warnAboutTwins(name: string) {
    const response = await fetch('/api/search', {
      method: 'POST',
      body: JSON.stringify({ q: name }),
    });
    const twins: Product[] = await response.json();
    setMessage(
      name && twins.length > 0 ? `Like ${twins.map((twin) => twin.name).join(', ')}?` : '',
    );
  }

  return (
    <form onSubmit={save} className="row">
      <input
        name="name"
        aria-label="Name"
        defaultValue={product?.name}
        onBlur={(event) => !product && warnAboutTwins(event.target.value)}
        required
      />
      <input
        name="price"
        type="number"
        step="0.01"
        aria-label="Price"
        defaultValue={product && product.price / 100}
        required
      />
      <button>{product ? 'Save' : 'Create'}</button>
      {product && (
        <>
          <button type="button" className="quiet" onClick={() => restock(product.slug)}>
            Ten more ({product.stock})
          </button>
          <button type="button" className="quiet" onClick={() => remove(product.slug)}>
            Delete
          </button>
        </>
      )}
      <output>{message}</output>
    </form>
  );
}

function slugify(name: string) {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

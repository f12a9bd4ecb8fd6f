import type { Product } from '@shop/catalog';
import Link from 'next/link';
import { formatPrice } from '@/lib/utils';

export function ProductGrid({ products }: { products: Product[] }) {
  return (
    <ul className="grid">
      {products.map(({ slug, name, tagline, price }) => (
        <li key={slug}>
          <Link href={`/product/${slug}`} className="card">
            <img src={`/media/${slug}/small.svg`} alt="" width={160} height={160} />
            <strong>{name}</strong> · {formatPrice(price)}
            <br />
            <span className="soft">{tagline}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

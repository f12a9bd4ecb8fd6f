import { findProduct, listProducts } from '@shop/catalog';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { addToCart } from '@/lib/session';
import { formatPrice } from '@/lib/utils';
import { BuyBox } from '../../_components/buy-box';
import { Reviews } from '../../_components/reviews';

type Props = PageProps<'/product/[slug]'>;

export function generateStaticParams() {
  return listProducts().map(({ slug }) => ({ slug }));
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = findProduct((await params).slug);
  return { title: product?.name, description: product?.tagline };
}

export default async function ProductPage({ params }: Props) {
  const product = findProduct((await params).slug);
  if (!product) notFound();

  return (
    <article className="stack">
      <div className="product">
        <img src={`/media/${product.slug}/large.svg`} alt={product.name} width={480} height={480} />
        <div className="stack">
          <h1>{product.name}</h1>
          <p>{product.description}</p>
          <p>
            {formatPrice(product.price)} · <span className="soft">{product.stock} in stock</span>
          </p>
          <BuyBox slug={product.slug} stock={product.stock} />
          <form
            action={async () => {
              'use server';
              await addToCart(product.slug, 1);
              redirect('/cart');
            }}
          >
            <button className="quiet" disabled={product.stock === 0}>
              Buy now
            </button>
          </form>
        </div>
      </div>
      <Reviews slug={product.slug} />
    </article>
  );
}

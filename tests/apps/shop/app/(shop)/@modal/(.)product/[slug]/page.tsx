import { findProduct } from '@shop/catalog';
import { notFound } from 'next/navigation';
import { formatPrice } from '@/lib/utils';
import { BuyBox } from '../../../_components/buy-box';
import { Modal } from '../../../_components/modal';

/** The product over the list it was opened from; a reload shows the full page. */
export default async function ProductModal({ params }: { params: Promise<{ slug: string }> }) {
  const product = findProduct((await params).slug);
  if (!product) notFound();

  return (
    <Modal>
      <h2>{product.name}</h2>
      <p>{product.description}</p>
      <p>{formatPrice(product.price)}</p>
      <BuyBox slug={product.slug} stock={product.stock} />
      <a href={`/product/${product.slug}`}>All details and reviews</a>
    </Modal>
  );
}

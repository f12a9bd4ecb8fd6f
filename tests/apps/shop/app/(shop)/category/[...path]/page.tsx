import { browse } from '@shop/catalog';
import { notFound } from 'next/navigation';
import { ProductGrid } from '../../_components/product-grid';

export default async function CategoryPage({ params }: PageProps<'/category/[...path]'>) {
  const { path } = await params;
  const products = browse(path);
  if (products.length === 0) notFound();

  return (
    <>
      <h1>{path.join(' / ')}</h1>
      <ProductGrid products={products} />
    </>
  );
}

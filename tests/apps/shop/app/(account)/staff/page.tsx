import { listProducts } from '@shop/catalog';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Reviews } from '@/app/(shop)/_components/reviews';
import { requireCustomer } from '@/lib/session';
import { ProductEditor } from './product-editor';

export const metadata: Metadata = { title: 'Products' };

export default async function StaffPage() {
  const customer = await requireCustomer();
  if (!customer.staff) notFound();

  return (
    <div className="stack">
      <h1>Products</h1>
      {listProducts().map((product) => (
        <details key={product.slug}>
          <summary>{product.name}</summary>
          <ProductEditor product={product} />
          <Reviews slug={product.slug} canModerate />
        </details>
      ))}
      <h2>New product</h2>
      <ProductEditor />
    </div>
  );
}

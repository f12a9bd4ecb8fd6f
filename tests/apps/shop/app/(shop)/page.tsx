import { listProducts } from '@shop/catalog';
import Link from 'next/link';
import { ProductGrid } from './_components/product-grid';

export default function HomePage() {
  const products = listProducts();
  const rooms = [...new Set(products.flatMap(({ category }) => category[0] ?? []))];

  return (
    <>
      <h1>Quiet things for your desk</h1>
      <p className="row">
        {rooms.map((room) => (
          <Link key={room} href={`/category/${room}`}>
            {room}
          </Link>
        ))}
      </p>
      <ProductGrid products={products} />
    </>
  );
}

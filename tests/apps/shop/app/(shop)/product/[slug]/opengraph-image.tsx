import { findProduct } from '@shop/catalog';
import { ImageResponse } from 'next/og';
import { formatPrice } from '@/lib/utils';

export const size = { width: 1200, height: 630 };
export const contentType = 'image/png';

export default async function OpenGraphImage({ params }: { params: Promise<{ slug: string }> }) {
  const product = findProduct((await params).slug);
  return new ImageResponse(
    <div
      style={{
        width: '100%',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'center',
        padding: 96,
        fontSize: 72,
        background: `hsl(${product?.hue ?? 160}, 45%, 92%)`,
      }}
    >
      <div>{product?.name ?? 'Larch'}</div>
      <div style={{ fontSize: 40 }}>{product ? formatPrice(product.price) : ''}</div>
    </div>,
    size,
  );
}

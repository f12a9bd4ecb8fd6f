import { notFound } from 'next/navigation';
import { cancelOrder } from '@/actions/orders';
import { db, priced } from '@/lib/db';
import { requireCustomer } from '@/lib/session';
import { formatPrice } from '@/lib/utils';
import { OrderStatus } from './order-status';

export default async function OrderPage({ params }: PageProps<'/account/orders/[id]'>) {
  const customer = await requireCustomer();
  const order = db.orders.get((await params).id);
  if (order?.customerId !== customer.id) notFound();

  return (
    <>
      <h1>Order {order.id}</h1>
      <ul>
        {priced(order.lines).map(({ slug, quantity, product }) => (
          <li key={slug}>
            {quantity} × {product.name}
          </li>
        ))}
      </ul>
      <p>{formatPrice(order.total)}</p>
      <OrderStatus id={order.id} onCancel={cancelOrder.bind(null, order.id)} />
    </>
  );
}

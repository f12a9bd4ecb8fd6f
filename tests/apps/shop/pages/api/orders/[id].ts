import type { NextApiRequest, NextApiResponse } from 'next';
import { db, type Customer, type Order } from '@/lib/db';

type Body = Pick<Order, 'id' | 'status' | 'total'> | { error: string };

function customerOf(req: NextApiRequest): Customer | undefined {
  const id = db.sessions.get(req.cookies.session ?? '');
  return id ? db.customers.get(id) : undefined;
}

export default function handler(req: NextApiRequest, res: NextApiResponse<Body>) {
  const order = db.orders.get(String(req.query.id));
  if (!order || order.customerId !== customerOf(req)?.id) {
    return res.status(404).json({ error: 'No such order' });
  }

  switch (req.method) {
    case 'GET':
      return res.json({ id: order.id, status: order.status, total: order.total });
    case 'DELETE':
      db.orders.delete(order.id);
      return res.status(204).end();
    default:
      return res
        .setHeader('allow', 'GET, DELETE')
        .status(405)
        .json({ error: 'Method not allowed' });
  }
}

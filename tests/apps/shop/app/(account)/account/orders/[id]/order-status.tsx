'use client';

import { startTransition } from 'react';
import useSWR from 'swr';
import type { Order } from '@/lib/db';
import { fetcher } from '@/lib/utils';

interface Props {
  id: string;
  onCancel: () => Promise<void>;
}

export function OrderStatus({ id, onCancel }: Props) {
  const { data: order, mutate } = useSWR<Order>(`/api/orders/${id}`, fetcher, {
    refreshInterval: 10_000,
  });

  function cancel() {
    startTransition(async () => {
      await onCancel();
      await mutate();
    });
  }

  return (
    <p className="row">
      {order?.status ?? '…'}
      {order?.status === 'open' && (
        <button className="quiet" onClick={cancel}>
          Cancel the order
        </button>
      )}
    </p>
  );
}

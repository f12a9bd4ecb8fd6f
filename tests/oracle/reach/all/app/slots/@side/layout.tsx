import type { ReactNode } from 'react';
import { slotLayout } from '@/actions/slot-layout';
import { Form } from '@/components/form';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <Form action={slotLayout} />
      {children}
    </>
  );
}

import type { ReactNode } from 'react';
import { aroundLayout } from '@/actions/around-layout';
import { Form } from '@/components/form';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <Form action={aroundLayout} />
      {children}
    </>
  );
}

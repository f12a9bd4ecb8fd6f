import type { ReactNode } from 'react';
import { groupLayout } from '@/actions/group-layout';
import { Form } from '@/components/form';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <Form action={groupLayout} />
      {children}
    </>
  );
}

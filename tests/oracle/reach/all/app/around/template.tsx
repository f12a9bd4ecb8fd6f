import type { ReactNode } from 'react';
import { aroundTemplate } from '@/actions/around-template';
import { Form } from '@/components/form';

export default function Template({ children }: { children: ReactNode }) {
  return (
    <>
      <Form action={aroundTemplate} />
      {children}
    </>
  );
}

import type { ReactNode } from 'react';
import { rootLayout } from '@/actions/root-layout';
import { Form } from '@/components/form';

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Form action={rootLayout} />
        {children}
      </body>
    </html>
  );
}

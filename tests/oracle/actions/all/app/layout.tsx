import type { ReactNode } from 'react';

export default function Layout({ children }: { children: ReactNode }) {
  async function signOut() {
    'use server';
    return 'out';
  }

  return (
    <html lang="en">
      <body>
        <form action={signOut as never} />
        {children}
      </body>
    </html>
  );
}

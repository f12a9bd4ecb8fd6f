import type { Metadata } from 'next';
import { LoginForm } from './login-form';

export const metadata: Metadata = { title: 'Sign in' };

export default function LoginPage() {
  return (
    <>
      <h1>Sign in</h1>
      <p className="soft">ada@example.com works here, lin@example.com only shops. No passwords.</p>
      <LoginForm />
    </>
  );
}

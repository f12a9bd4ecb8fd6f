import { ClientSideEffect } from '@/components/client-side-effect';

export default function Page() {
  return <ClientSideEffect />;
}

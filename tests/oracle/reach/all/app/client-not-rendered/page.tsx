import { ClientNotRendered } from '@/components/client-not-rendered';

export default function Page() {
  return <p>The component is imported, not used.</p>;
}

import { DynamicClientHost } from '@/components/dynamic-client-host';

export default function Page() {
  return <DynamicClientHost />;
}

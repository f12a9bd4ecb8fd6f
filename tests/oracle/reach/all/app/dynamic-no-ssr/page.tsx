import { DynamicNoSsrHost } from '@/components/dynamic-no-ssr-host';

export default function Page() {
  return <DynamicNoSsrHost />;
}

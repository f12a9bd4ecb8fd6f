import { WithHook } from '@/components/with-hook';

export default function Page() {
  return <WithHook />;
}

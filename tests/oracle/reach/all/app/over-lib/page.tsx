import { OverLib } from '@/components/over-lib';

export default function Page() {
  return <OverLib />;
}

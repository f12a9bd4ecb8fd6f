import { ReactLazyHost } from '@/components/react-lazy-host';

export default function Page() {
  return <ReactLazyHost />;
}

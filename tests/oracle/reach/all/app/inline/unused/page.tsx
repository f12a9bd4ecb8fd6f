import { InlineUnused } from '@/components/inline-unused';

export default function Page() {
  return <p>The component is not used.</p>;
}

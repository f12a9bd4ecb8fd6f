import { read } from '@/lib/store';

// Rendered by the build: changes only when it is revalidated.
export default function Still() {
  return <p id="still">{read().items.map((item) => item.title).join(', ') || 'nothing'}</p>;
}

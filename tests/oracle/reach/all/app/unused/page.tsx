import { unused } from '@/actions/unused';

export default function Page() {
  return <p>The import is not used.</p>;
}

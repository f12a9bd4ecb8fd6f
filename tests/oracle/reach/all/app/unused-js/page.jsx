import { unusedJs } from '@/actions/unused-js';

export default function Page() {
  return <p>Not used, and this is JavaScript.</p>;
}

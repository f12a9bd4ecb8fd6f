import { pagesPage } from '@/actions/pages-page';

export default function Legacy() {
  return <button onClick={() => pagesPage('x')}>send</button>;
}

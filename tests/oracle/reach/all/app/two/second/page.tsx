import { twoPages as renamed } from '@/actions/two-pages';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={renamed} />;
}

import { intercepted } from '@/actions/intercepted';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={intercepted} />;
}

import { intercepting } from '@/actions/intercepting';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={intercepting} />;
}

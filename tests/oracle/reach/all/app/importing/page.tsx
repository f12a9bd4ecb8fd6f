import { importing } from '@/actions/importing';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={importing} />;
}

import { plainJs } from '@/actions/plain-js';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={plainJs} />;
}

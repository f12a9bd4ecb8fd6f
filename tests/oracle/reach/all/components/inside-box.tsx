import { clientChildren } from '@/actions/client-children';
import { Form } from '@/components/form';

export function InsideBox() {
  return <Form action={clientChildren} />;
}

import { childrenDefault } from '@/actions/children-default';
import { Form } from '@/components/form';

export default function Default() {
  return <Form action={childrenDefault} />;
}

import { aroundForbidden } from '@/actions/around-forbidden';
import { Form } from '@/components/form';

export default function Forbidden() {
  return <Form action={aroundForbidden} />;
}

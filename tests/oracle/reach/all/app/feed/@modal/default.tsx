import { modalDefault } from '@/actions/modal-default';
import { Form } from '@/components/form';

export default function Default() {
  return <Form action={modalDefault} />;
}

import { aroundUnauthorized } from '@/actions/around-unauthorized';
import { Form } from '@/components/form';

export default function Unauthorized() {
  return <Form action={aroundUnauthorized} />;
}

import { aroundNotFound } from '@/actions/around-not-found';
import { Form } from '@/components/form';

export default function NotFound() {
  return <Form action={aroundNotFound} />;
}

import { notFoundBelow } from '@/actions/not-found-below';
import { Form } from '@/components/form';

export default function NotFound() {
  return <Form action={notFoundBelow} />;
}

import { rootNotFound } from '@/actions/root-not-found';
import { Form } from '@/components/form';

export default function NotFound() {
  return <Form action={rootNotFound} />;
}

import { feedDefault } from '@/actions/feed-default';
import { Form } from '@/components/form';

export default function Default() {
  return <Form action={feedDefault} />;
}

import { slotDefault } from '@/actions/slot-default';
import { Form } from '@/components/form';

export default function Default() {
  return <Form action={slotDefault} />;
}

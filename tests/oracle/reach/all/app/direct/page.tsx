import { direct } from '@/actions/direct';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={direct} />;
}

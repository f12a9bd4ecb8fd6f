import { inGroup } from '@/actions/in-group';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={inGroup} />;
}

import { inParam } from '@/actions/in-param';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={inParam} />;
}

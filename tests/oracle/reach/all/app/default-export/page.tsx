import anyName from '@/actions/default-export';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={anyName} />;
}

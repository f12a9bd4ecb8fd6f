import { serverComponentsOne } from '@/actions/server-components-one';
import { Form } from '@/components/form';

export function ServerComponentsOne() {
  return <Form action={serverComponentsOne} />;
}

import { serverComponentsTwo } from '@/actions/server-components-two';
import { Form } from '@/components/form';

export function ServerComponentsTwo() {
  return <Form action={serverComponentsTwo} />;
}

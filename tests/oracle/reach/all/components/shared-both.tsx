import { sharedBoth } from '@/actions/shared-both';
import { Form } from '@/components/form';

/** Rendered by a server and by a client component. */
export function SharedBoth() {
  return <Form action={sharedBoth} />;
}

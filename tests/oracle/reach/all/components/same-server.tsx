import { sameServerUsed } from '@/actions/same-server-used';
import { sameServerSpare } from '@/actions/same-server-spare';
import { Form } from '@/components/form';

export function SameServerUsed() {
  return <Form action={sameServerUsed} />;
}

export function SameServerSpare() {
  return <Form action={sameServerSpare} />;
}

import { edge } from '@/actions/edge';
import { Form } from '@/components/form';

export const runtime = 'edge';

export default function Page() {
  return <Form action={edge} />;
}

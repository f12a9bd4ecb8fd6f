import { aroundLoading } from '@/actions/around-loading';
import { Form } from '@/components/form';

export default function Loading() {
  return <Form action={aroundLoading} />;
}

import { slotLoading } from '@/actions/slot-loading';
import { Form } from '@/components/form';

export default function Loading() {
  return <Form action={slotLoading} />;
}

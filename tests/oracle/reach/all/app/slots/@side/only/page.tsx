import { slotOnly } from '@/actions/slot-only';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={slotOnly} />;
}

import { slotDeep } from '@/actions/slot-deep';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={slotDeep} />;
}

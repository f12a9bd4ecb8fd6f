import { slotPage } from '@/actions/slot-page';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={slotPage} />;
}

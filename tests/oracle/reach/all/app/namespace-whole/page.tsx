import * as actions from '@/actions/namespace-whole';
import { Form } from '@/components/form';

export default function Page() {
  return <>
    {Object.values(actions).map((action, key) => (
      <Form key={key} action={action} />
    ))}
  </>;
}

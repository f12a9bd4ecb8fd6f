import * as actions from '@/actions/namespace-member';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={actions.namespaceMember} />;
}

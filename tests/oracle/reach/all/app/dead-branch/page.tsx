import { deadBranch } from '@/actions/dead-branch';
import { Form } from '@/components/form';

export default function Page() {
  if (process.env.NODE_ENV === 'test') return <Form action={deadBranch} />;
  return <p>Never in a build.</p>;
}

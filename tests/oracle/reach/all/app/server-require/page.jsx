import { Form } from '@/components/form';

const { serverRequire } = require('@/actions/server-require');

export default function Page() {
  return <Form action={serverRequire} />;
}

import { serverBarrelA } from '@/actions/server-barrel';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={serverBarrelA} />;
}

import { Form } from '@/components/form';

export default async function Page() {
  const { serverDynamic } = await import('@/actions/server-dynamic');
  return <Form action={serverDynamic} />;
}

import { relisted } from '@/actions/relisted';
import { Form } from '@/components/form';

// 16.4.6 registers the function twice and fails when it renders it.
export const dynamic = 'force-dynamic';

export default function Page() {
  return <Form action={relisted} />;
}

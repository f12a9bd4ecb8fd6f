import { feedPage } from '@/actions/feed-page';
import { Form } from '@/components/form';

export default function Page() {
  return <Form action={feedPage} />;
}

import { withTypeList } from '@/actions/type-list';
import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[withTypeList]} />;
}

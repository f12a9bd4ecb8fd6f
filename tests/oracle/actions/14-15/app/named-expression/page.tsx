import { namedExpression } from '@/actions/named-expression';
import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[namedExpression]} />;
}

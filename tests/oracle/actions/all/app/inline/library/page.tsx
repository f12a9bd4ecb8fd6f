import { Send } from '@/components/send';
import defaultInline, { exportedInline, save } from '@/lib/inline';

export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[save({ a: 'kind' }), exportedInline, defaultInline]} />;
}

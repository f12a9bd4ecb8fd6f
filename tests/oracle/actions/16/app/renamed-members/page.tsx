import { made } from '@/actions/renamed-members';
import { Send } from '@/components/send';

export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[made]} />;
}

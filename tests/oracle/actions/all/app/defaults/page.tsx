import declaration from '@/actions/default-declaration';
import anonymous from '@/actions/default-anonymous';
import arrow from '@/actions/default-arrow';
import identifier from '@/actions/default-identifier';
import hoisted from '@/actions/default-hoisted';
import wrapped from '@/actions/default-wrapped';
import listed from '@/actions/default-listed';
import { Send } from '@/components/send';

// Asked of the build is what it registers, not what it renders.
export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[
        declaration,
        anonymous,
        arrow,
        identifier,
        hoisted,
        wrapped,
        listed,
      ]} />;
}

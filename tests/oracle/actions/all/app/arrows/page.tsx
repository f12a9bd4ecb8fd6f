import { arrow, arrowOne, arrowPattern, expression, first, second, changeable } from '@/actions/arrows';
import { Send } from '@/components/send';

// Asked of the build is what it registers, not what it renders.
export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[
        arrow,
        arrowOne,
        arrowPattern,
        expression,
        first,
        second,
        changeable,
      ]} />;
}

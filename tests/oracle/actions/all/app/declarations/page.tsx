import {
  none,
  one,
  two,
  three,
  six,
  seven,
  rest,
  onlyRest,
  withDefault,
  destructured,
  notUsed,
  withThis,
  generic,
  overloaded,
  generator,
} from '@/actions/declarations';
import { Send } from '@/components/send';

// Asked of the build is what it registers, not what it renders.
export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[
        none,
        one,
        two,
        three,
        six,
        seven,
        rest,
        onlyRest,
        withDefault,
        destructured,
        notUsed,
        withThis,
        generic,
        overloaded,
        generator,
      ]} />;
}

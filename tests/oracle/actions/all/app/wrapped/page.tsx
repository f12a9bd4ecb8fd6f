import { wrappedArrow, wrappedFunction, wrappedNamed, wrappedTwice, built } from '@/actions/wrapped';
import { Send } from '@/components/send';

// Asked of the build is what it registers, not what it renders.
export const dynamic = 'force-dynamic';

export default function Page() {
  return <Send actions={[wrappedArrow, wrappedFunction, wrappedNamed, wrappedTwice, built]} />;
}

import { passedDown } from '@/actions/passed-down';
import { Section } from '@/components/section';

export default function Page() {
  return <Section action={passedDown} />;
}

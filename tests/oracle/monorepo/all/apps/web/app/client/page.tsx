import { SaveButton } from '@oracle/ui';

export default function Page() {
  return <SaveButton />;
}

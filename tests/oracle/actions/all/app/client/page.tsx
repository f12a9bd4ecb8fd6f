'use client';

import anonymous, { clientArrow, clientDeclaration, clientListed, clientWrapped } from '@/actions/for-client';
import { Send } from '@/components/send';

export default function Page() {
  return <Send actions={[anonymous, clientArrow, clientDeclaration, clientListed, clientWrapped]} />;
}

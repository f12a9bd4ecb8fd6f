'use client';

import { remove } from '@/app/_actions/save';
import { Send } from '@/send';

export default function Page() {
  return <Send actions={[remove]} />;
}

import { record } from '@oracle/core/internal/record';

export default function Page() {
  return <form action={record as never} />;
}

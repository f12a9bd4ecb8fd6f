import { plainAction } from '@oracle/plain';

export default function Page() {
  return <form action={plainAction as never} />;
}

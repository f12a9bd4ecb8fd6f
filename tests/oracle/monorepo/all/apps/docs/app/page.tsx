import { coreByBarrel } from '@oracle/core';

export default function Page() {
  return <form action={coreByBarrel as never} />;
}

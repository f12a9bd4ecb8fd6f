import { coreByBarrel } from '@oracle/core';
import { Panel } from '@oracle/ui';

export default function Page() {
  return (
    <>
      <form action={coreByBarrel as never} />
      <Panel />
    </>
  );
}

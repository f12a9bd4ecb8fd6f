import { aliasedAction } from '@aliased/actions';
import { local } from '@/local';

export default function Page() {
  return (
    <>
      <form action={aliasedAction as never} />
      <form action={local as never} />
    </>
  );
}

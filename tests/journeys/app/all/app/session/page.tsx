import { cookies } from 'next/headers';
import { Theme } from './theme';

export default async function Page() {
  const jar = await cookies();
  return (
    <>
      <h1>Session</h1>
      <p id="theme">{jar.get('theme')?.value || 'none'}</p>
      <p id="user">{jar.get('user')?.value || 'nobody'}</p>
      <Theme />
    </>
  );
}

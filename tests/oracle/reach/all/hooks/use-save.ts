import { useTransition } from 'react';
import { inHook } from '@/actions/in-hook';

export function useSave() {
  const [, start] = useTransition();
  return () =>
    start(async () => {
      await inHook('x');
    });
}

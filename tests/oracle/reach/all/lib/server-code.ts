import { serverOnlyUse } from '@/actions/server-only-use';

export const load = () => serverOnlyUse('from server code');

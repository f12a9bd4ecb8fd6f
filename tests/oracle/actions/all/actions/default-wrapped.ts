'use server';

import { wrap } from '@/lib/wrap';

export default wrap(async (a: string) => a);

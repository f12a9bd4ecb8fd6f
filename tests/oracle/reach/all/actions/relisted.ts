'use server';

import { relistedFrom } from './relisted-from';

export { relistedFrom as relisted };

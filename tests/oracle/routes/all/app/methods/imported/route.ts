import { GET as handler } from '@/lib/handlers';

export const GET = handler;

export { handler as PATCH };

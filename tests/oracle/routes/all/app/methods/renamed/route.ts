import { handlers } from '@/lib/handlers';

export const { GET: PUT, POST: DELETE } = handlers;

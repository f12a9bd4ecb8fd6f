export const dynamic = 'force-dynamic';

export { GET } from './../_handlers/stock';

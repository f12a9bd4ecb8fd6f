export { GET as POST } from '@/lib/handlers';

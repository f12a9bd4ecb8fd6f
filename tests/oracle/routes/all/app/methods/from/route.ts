export { GET, DELETE } from '@/lib/handlers';

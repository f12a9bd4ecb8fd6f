import { inImage } from '@/actions/in-image';

export default async function Image() {
  return new Response(await inImage('x'));
}

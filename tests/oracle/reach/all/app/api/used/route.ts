import { usedByRoute } from '@/actions/used-by-route';

export async function GET() {
  return Response.json(await usedByRoute('x'));
}

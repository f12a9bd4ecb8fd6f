import { db } from '@/lib/db';
import { withAuth } from '@/lib/with-auth';

export const DELETE = withAuth(async (_request, context: RouteContext<'/api/reviews/[id]'>) => {
  const { id } = await context.params;
  return new Response(null, { status: db.reviews.delete(id) ? 204 : 404 });
});

import { totalOf } from '@/lib/db';
import { readCart, writeCart } from '@/lib/session';

export const dynamic = 'force-dynamic';

export async function GET() {
  const lines = await readCart();
  const count = lines.filter((line) => !line.saved).reduce((sum, line) => sum + line.quantity, 0);
  return Response.json({ count, total: totalOf(lines) });
}

export async function DELETE() {
  await writeCart([]);
  return new Response(null, { status: 204 });
}

import { connection } from 'next/server';

const headers = { 'cache-control': 'no-store' };

export async function GET() {
  await connection();
  return Response.json({ status: 'ok', uptime: Math.round(process.uptime()) }, { headers });
}

export async function HEAD() {
  return new Response(null, { headers });
}

export function OPTIONS() {
  return new Response(null, { status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } });
}

'use server';

export async function GET() {
  return new Response('a handler, and an action');
}

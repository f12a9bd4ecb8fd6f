export async function GET() {
  return new Response('no layout around a handler');
}

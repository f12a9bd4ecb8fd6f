export async function GET() {
  async function inRoute() {
    'use server';
    return 'inline';
  }
  return Response.json(await inRoute());
}

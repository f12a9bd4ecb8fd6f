export async function GET() {
  return new Response('ok');
}

export async function HEAD() {
  return new Response(null);
}

export async function OPTIONS() {
  return new Response('ok');
}

export async function POST() {
  return new Response('ok');
}

export async function PUT() {
  return new Response('ok');
}

export async function DELETE() {
  return new Response('ok');
}

export async function PATCH() {
  return new Response('ok');
}

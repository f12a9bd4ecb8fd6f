type Context = { params: Promise<{ id: string }> };

// -> ["get","id","q","page"]
export async function GET(request: Request, { params }: Context) {
  const { searchParams } = new URL(request.url);
  return Response.json(['get', (await params).id, searchParams.get('q'), searchParams.get('page')]);
}

// -> x-answer: head
export async function HEAD() {
  return new Response(null, { headers: { 'x-answer': 'head' } });
}

// -> ["options"]
export async function OPTIONS() {
  return Response.json(['options']);
}

// -> ["post","title","tags"]
export async function POST(request: Request) {
  const { title, tags } = await request.json();
  return Response.json(['post', title, tags], { status: 201 });
}

// -> ["put","body","x-token","session"]
export async function PUT(request: Request) {
  const token = request.headers.get('x-token');
  const { cookies } = await import('next/headers');
  return Response.json(['put', await request.text(), token, (await cookies()).get('session')?.value]);
}

// -> ["patch","title"]
export async function PATCH(request: Request) {
  const body = await request.json();
  return Response.json(['patch', body.title]);
}

// -> ["delete"]
export async function DELETE() {
  return Response.json(['delete']);
}

type Context = { params: Promise<{ id: string }> };

export async function GET(_request: Request, { params }: Context) {
  return Response.json(await params);
}

export async function DELETE(_request: Request, { params }: Context) {
  return Response.json(await params);
}

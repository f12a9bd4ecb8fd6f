// -> ["files",["path"]]
export async function GET(_: Request, context: { params: Promise<{ path: string[] }> }) {
  return Response.json(['files', (await context.params).path]);
}

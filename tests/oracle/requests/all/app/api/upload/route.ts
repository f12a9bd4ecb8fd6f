// -> ["upload","it's","photo",5]
export async function POST(request: Request) {
  const form = await request.formData();
  const photo = form.get('photo');
  if (!(photo instanceof File)) return new Response('no file', { status: 400 });
  return Response.json(['upload', form.get("it's"), photo.name, photo.size]);
}

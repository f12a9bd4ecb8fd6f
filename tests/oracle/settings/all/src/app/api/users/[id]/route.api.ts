export async function DELETE() {
  return new Response('ok');
}

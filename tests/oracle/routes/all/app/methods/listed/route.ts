async function handler() {
  return new Response('ok');
}

export { handler as GET, handler as PUT };

/** Who votes, as far as the request tells; the answer for who doesn't. */
export async function voter(request: Request) {
  const agent = request.headers.get('user-agent');
  if (!agent) return Response.json({ error: 'nobody' }, { status: 401 });
  return agent.includes('Mozilla') ? 'a browser' : 'a program';
}

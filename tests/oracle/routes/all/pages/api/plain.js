export default function handler(_request, response) {
  response.json({ ok: true });
}

export default function Image() {
  return new Response('no image');
}

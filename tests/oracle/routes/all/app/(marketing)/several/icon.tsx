export function generateImageMetadata() {
  return [{ id: 'small' }];
}

export default function Image() {
  return new Response('no image');
}

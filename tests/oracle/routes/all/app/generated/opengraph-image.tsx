export function generateImageMetadata() {
  return [{ id: 'small' }, { id: 'large' }];
}

export default function Image() {
  return new Response('no image');
}

export default function manifest() {
  return { name: 'routes' };
}

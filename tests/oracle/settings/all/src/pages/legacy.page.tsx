export default function Legacy() {
  return null;
}

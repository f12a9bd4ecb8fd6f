export default function Page() {
  return <p>Deep.</p>;
}

export default function Page() {
  return <p>Slots.</p>;
}

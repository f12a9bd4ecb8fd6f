export default function Page() {
  return <p>Around.</p>;
}

export default function Page() {
  return <p>Below.</p>;
}

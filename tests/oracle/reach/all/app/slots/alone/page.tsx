export default function Page() {
  return <p>The slot shows its default here.</p>;
}

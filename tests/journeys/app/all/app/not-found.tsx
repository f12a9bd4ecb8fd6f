export default function Missing() {
  return <p>There is nothing here.</p>;
}

export default function Page() {
  return <p>Below the group's layout.</p>;
}

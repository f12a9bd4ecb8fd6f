export default function Page() {
  return <p>A page with an image.</p>;
}

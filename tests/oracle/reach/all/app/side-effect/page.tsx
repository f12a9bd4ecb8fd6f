import '@/actions/side-effect';

export default function Page() {
  return <p>Only the module.</p>;
}

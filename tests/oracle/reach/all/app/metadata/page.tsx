import { inMetadata } from '@/actions/in-metadata';

export async function generateMetadata() {
  return { title: await inMetadata('x') };
}

export default function Page() {
  return <p>Only its metadata.</p>;
}

'use server';

export default async function Page() {
  return <p>A page, and an action.</p>;
}

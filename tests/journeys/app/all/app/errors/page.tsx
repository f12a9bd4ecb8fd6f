import { Explode, LookUp } from './forms';

export default function Page() {
  return (
    <>
      <h1>Errors</h1>
      <Explode />
      <LookUp id={2} />
      <LookUp id={4} />
    </>
  );
}

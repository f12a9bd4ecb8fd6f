import { Clear, Comment, Notes } from './notes';
import { Profile, Subscribe } from './state';
import { Stored } from './stored';

export const dynamic = 'force-dynamic';

export default function Page() {
  return (
    <>
      <h1>Forms</h1>
      <Stored />
      <Notes />
      <Comment item={1} />
      <Comment item={2} />
      <Profile />
      <Subscribe />
      <Clear />
    </>
  );
}

import { read } from '@/lib/store';

export function Stored() {
  const { notes, comments, profile } = read();
  return (
    <>
      <ul id="notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <ul id="comments">
        {comments.map(({ item, text }) => (
          <li key={`${item}${text}`}>
            {item}: {text}
          </li>
        ))}
      </ul>
      <p id="stored-profile">{profile ? `${profile.name} is ${profile.age}` : 'no profile'}</p>
    </>
  );
}

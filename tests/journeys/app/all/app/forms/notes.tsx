'use client';

import { useState } from 'react';
import { addNote, clearNotes, comment, measure } from './actions';

export function Notes() {
  const [file, setFile] = useState('no file');
  return (
    <>
      <form action={addNote}>
        <input name="text" />
        <input type="checkbox" name="kind" value="red" />
        <input type="checkbox" name="kind" value="green" />
        <button id="add-note">add</button>
        <button id="clear-notes" formAction={clearNotes}>
          clear
        </button>
      </form>
      <form action={async (data) => setFile(JSON.stringify(await measure(data)))}>
        <input type="file" name="file" />
        <button id="measure">measure</button>
      </form>
      <p id="file">{file}</p>
    </>
  );
}

export function Comment({ item }: { item: number }) {
  const send = comment.bind(null, item);
  return (
    <form action={send}>
      <input id={`comment-${item}`} name="text" />
      <button id={`send-${item}`}>comment</button>
    </form>
  );
}

// an arrow function without a block
export const Clear = () => (
  <button id="clear-by-click" onClick={() => clearNotes()}>
    clear by a click
  </button>
);

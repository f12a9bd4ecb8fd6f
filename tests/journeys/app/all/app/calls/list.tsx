import { read } from '@/lib/store';

export function List() {
  return (
    <ul id="list">
      {read().items.map((item) => (
        <li key={item.id}>
          {item.id} {item.title} [{item.tags.join()}] {item.done ? 'done' : 'open'}
        </li>
      ))}
    </ul>
  );
}

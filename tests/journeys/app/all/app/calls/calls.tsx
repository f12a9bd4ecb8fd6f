'use client';

import { useEffect, useState, useTransition } from 'react';
import type { Item } from '@/lib/store';
import { addItem, countItems, fail, goToItem, greet, maybeGo, openItem, renameItem as rename, tagItem } from './actions';
import { addTwice, touch, updateItem } from '.';
import statistics, { findItems, getItems, getTitles } from './queries';
import { useAdding } from './adding';
import { count } from './client';
import { Run } from './run';

type Added = Awaited<ReturnType<typeof addItem>>;

const labels = [
  { name: 'a', weight: 1.5 },
  { name: 'b', weight: -2 },
];

export function Calls() {
  const [pending, start] = useTransition();
  const [found, setFound] = useState<Item[]>([]);
  const [added, setAdded] = useState<Added | null>(null);
  const adding = useAdding();

  useEffect(() => {
    getItems().then(setFound);
  }, []);

  return (
    <section>
      <p id="found">found {found.length}</p>
      <p id="pending">{pending ? 'pending' : 'idle'}</p>
      <p id="added">{added ? `${added.item.title}: ${added.weights.join()}` : 'none'}</p>
      <Run name="add" run={() => addItem(' first ', ['x', 'y'])} />
      <Run name="add-more" run={() => addItem('second "quoted" ünïcödé', [], { done: true, labels })} />
      <Run name="add-in-hook" run={() => adding('by a hook')} />
      <Run name="add-twice" run={() => addTwice('twin')} />
      <Run name="update" run={() => updateItem({ id: 1, done: true })} />
      <Run name="update-missing" run={() => updateItem({ id: 99 })} />
      <Run name="rename" run={() => rename(1, 'renamed')} />
      <Run name="rename-default" run={() => rename(2)} />
      <Run name="tag" run={() => tagItem(1, 'p', 'q')} />
      <Run name="tag-none" run={() => tagItem(1)} />
      <Run name="count" run={countItems} />
      <Run name="count-elsewhere" run={() => count()} />
      <Run name="touch" run={() => touch()} />
      <Run name="greet" run={() => greet('Zoë', 7)} />
      <Run name="greet-ageless" run={() => greet('$1')} />
      <Run name="greet-nobody" run={() => greet(null)} />
      <Run name="get-items" run={() => getItems()} />
      <Run name="get-titles" run={getTitles} />
      <Run name="find" run={() => findItems('i', 2)} />
      <Run name="find-done" run={() => findItems('second & "', 1, true)} />
      <Run name="find-open" run={() => findItems('', 0, false)} />
      <Run name="statistics" run={() => statistics()} />
      <Run name="fail" run={() => fail('caught')} />
      <Run name="open" run={() => openItem(1)} />
      <Run name="go-nowhere" run={() => maybeGo('')} />
      <button id="add-in-transition" onClick={() => start(async () => setAdded(await addItem('third', ['t'], { labels })))}>
        add in a transition
      </button>
      <button id="go" onClick={() => goToItem(1)}>
        go
      </button>
      <button id="go-query" onClick={() => maybeGo('/forms?from=calls&x=%C3%A9')}>
        go with a query
      </button>
    </section>
  );
}

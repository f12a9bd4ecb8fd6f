'use server';

import { keep } from './last';

type Post = { title: string; tags: string[]; draft?: boolean };

// -> ["none"]
export async function none() {
  return ['none'];
}

// -> ["plain","id",0,true,null]
export async function plain(id: string, count: number, on: boolean, rest: string | null | undefined = null) {
  return ['plain', id, count, on, rest === 'rest' ? null : rest];
}

// objects that are returned as they came travel back as references, so their parts are
// -> ["values","2025-01-01T00:00:00.000Z","0","ids","set","title","tags",true]
export async function values(at: Date, big: bigint, ids: string[], names: Set<string>, post: Post) {
  return ['values', at.toISOString(), String(big), ids[0], names instanceof Set ? 'set' : '', post.title, post.tags[0], post.draft];
}

// -> ["form","title","photo",5]
// form -> last: form title photo 5
export async function form(data: FormData) {
  const photo = data.get('photo') as File;
  keep(`form ${data.get('title')} ${photo.name} ${photo.size}`);
  return ['form', data.get('title'), photo.name, photo.size];
}

// -> ["state",0,"message"]
export async function state(before: { count: number }, data: FormData) {
  return ['state', before.count, data.get('message')];
}

// -> ["bound","id","message"]
// form -> last: bound id message
export async function bound(id: string, data: FormData) {
  keep(`bound ${id} ${data.get('message')}`);
  return ['bound', id, data.get('message')];
}

// -> ["pattern","id"]
export async function pattern({ id }: { id: string }) {
  return ['pattern', id];
}

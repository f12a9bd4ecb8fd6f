//! Whole projects in, all changed files out.

mod back;
mod behaviour;
mod both;
mod bound;
mod joined;
mod refused;
mod server_side;
mod tags;
mod to_route;
mod wrapped;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::Expect;

use super::{Change, Conversion, Way, convert};
use crate::{FilePosition, tests::Opened};

/// What a conversion at `$0` comes to: new files in full, changed files in full, deleted ones by name,
/// then notes; or the refusal.
pub(super) fn converted(files: &str, way: Way) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    match convert(&opened.snap, opened.cursor(), way) {
        None => "nothing to convert\n".to_owned(),
        Some(Err(refusal)) => {
            let at = refusal.at.map(|(file, range)| format!("{}:{}", place(&opened, file), range.start));
            format!("refused ({}): {} {}\n", refusal.reason, refusal.text, at.unwrap_or_default())
        }
        Some(Ok(conversion)) => opened.portable(&said(&opened, &conversion)),
    }
}

fn place(opened: &Opened, file: workspace::FileId) -> String {
    opened.portable(&opened.snap.path(file).to_string_lossy())
}

fn said(opened: &Opened, conversion: &Conversion) -> String {
    let mut out = String::new();
    for change in &conversion.changes {
        let _ = match change {
            Change::Create { path, text } => write!(out, "//+ {}\n{text}", path.display()),
            Change::Delete { file, .. } => writeln!(out, "//x {}", place(opened, *file)),
            Change::Edit { file, before, edits } => {
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                write!(out, "//~ {}\n{text}", place(opened, *file))
            }
        };
    }
    for note in &conversion.notes {
        let at = note.at.map(|(file, _)| format!(" ({})", place(opened, file))).unwrap_or_default();
        let _ = writeln!(out, "# {}{at}", note.text);
    }
    out
}

fn check(files: &str, way: Way, expected: Expect) {
    expected.assert_eq(&converted(files, way));
}

const POST: Way = Way::ToRoute { method: next::Method::Post, public: false };

/// Converts an action and the handler that comes of it; the files that differ from those at first.
fn round_trip(files: &str) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    let there = match convert(&opened.snap, opened.cursor(), POST) {
        Some(Ok(conversion)) => conversion,
        other => return format!("{other:?}"),
    };
    let mut out = String::new();
    let before: BTreeMap<PathBuf, String> =
        opened.fixture.files.iter().map(|(path, text)| (opened.project.path(path), text.clone())).collect();
    let route = apply(&opened, &there).into_iter().find(|path| path.ends_with("route.ts")).expect("a route");
    let opened = opened.again();
    if let Err(other) = convert_at(&opened, &route, "POST", Way::ToAction) {
        return other;
    }
    let now: BTreeMap<PathBuf, String> = opened.project.files().into_iter().collect();
    for path in before.keys().chain(now.keys().filter(|path| !before.contains_key(*path))) {
        let shown = opened.project.shown(path);
        match (before.get(path), now.get(path)) {
            (Some(then), Some(now)) if then == now => {}
            (Some(_), None) => out.push_str(&format!("//x {shown}\n")),
            (Some(_), Some(now)) => out.push_str(&format!("//~ {shown}\n{now}")),
            (None, Some(now)) => out.push_str(&format!("//+ {shown}\n{now}")),
            (None, None) => {}
        }
    }
    out
}

/// What a handler that was an action is after it was an action again: nothing, or how its files differ.
fn round_trip_of_handler(files: &str, name: &str) -> String {
    let opened = Opened::scanned(files);
    opened.snap.find_carriers();
    let there = match convert(&opened.snap, opened.cursor(), POST) {
        Some(Ok(conversion)) => conversion,
        other => return format!("{other:?}"),
    };
    let route = apply(&opened, &there).into_iter().find(|path| path.ends_with("route.ts")).expect("a route");
    let then = opened.project.files();
    let action = match convert_at(&opened.again(), &route, "POST", Way::ToAction) {
        Ok(created) => created.into_iter().next().expect("an action"),
        Err(other) => return other,
    };
    if let Err(other) = convert_at(&opened.again(), &action, name, POST) {
        return other;
    }
    let now = opened.project.files();
    let differ = now.iter().filter(|file| !then.contains(file));
    let gone = then.iter().filter(|(path, _)| !now.iter().any(|(other, _)| other == path));
    let mut out: String = differ.map(|(path, text)| format!("//~ {}\n{text}", opened.project.shown(path))).collect();
    out.extend(gone.map(|(path, _)| format!("//x {}\n", opened.project.shown(path))));
    out
}

/// Converts what stands at a word of a file, on disk; the new files.
pub(super) fn convert_at(opened: &Opened, path: &Path, word: &str, way: Way) -> Result<Vec<PathBuf>, String> {
    let file = opened.snap.file(path).expect("the file");
    let offset = opened.snap.text(file).expect("its text").find(word).expect("the word") as u32;
    match convert(&opened.snap, FilePosition { file, offset }, way) {
        Some(Ok(conversion)) => Ok(apply(opened, &conversion)),
        other => Err(format!("{other:?}")),
    }
}

/// Writes a conversion to disk; the new files.
pub(super) fn apply(opened: &Opened, conversion: &Conversion) -> Vec<PathBuf> {
    let mut created = vec![];
    for change in &conversion.changes {
        match change {
            Change::Create { path, text } => {
                opened.project.put(path, text);
                created.push(path.clone());
            }
            Change::Edit { file, before, edits } => {
                let mut text = before.to_string();
                edits.iter().rev().for_each(|edit| text.replace_range(edit.range.span(), &edit.text));
                opened.project.put(&opened.snap.path(*file), &text);
            }
            Change::Delete { file, .. } => opened.project.remove(&opened.snap.path(*file)),
        }
    }
    created
}

const ONE: &str = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/actions.ts
'use server';

import { revalidatePath } from 'next/cache';
import { db } from '@/lib/db';
import { audit, log } from './log';

type Tag = { name: string };

/** Makes a post. */
export async function cre$0atePost(title: string, tags: Tag[] = []): Promise<{ id: string }> {
  audit(title);
  const id = await db.posts.insert({ title, tags });
  return { id };
}

export async function removePost(id: string) {
  log(id);
  await db.posts.remove(id);
  revalidatePath('/posts');
}
//- /app/form.tsx
'use client';

import { useState } from 'react';
import { createPost, removePost } from './actions';

export function Form() {
  return <button onClick={async () => (await createPost('a')).id}>{removePost.name}</button>;
}
//- /app/page.tsx
import { Form } from './form';
export default function Page() {
  return <Form />;
}
";

const STATE: &str = "//- /package.json
{ \"dependencies\": { \"next\": \"16.4.6\" } }
//- /app/actions.ts
\"use server\"
import { revalidatePath } from \"next/cache\"
import { redirect } from \"next/navigation\"

export async function sa$0ve(prev: State, formData: FormData) {
  if (!formData.get(\"title\")) return { error: \"no title\" }
  revalidatePath(\"/posts\")
  redirect(\"/posts\")
}

export type State = { error?: string }
//- /app/form.tsx
\"use client\"
import { useActionState } from \"react\"
import { save, type State } from \"@/app/actions\"

export function Form() {
  const [state, action] = useActionState(save, {})
  return <form action={action}>{state.error}</form>
}
//- /app/page.tsx
import { Form } from './form';
export default function Page() {
  return <Form />;
}
//- /tsconfig.json
{ \"compilerOptions\": { \"paths\": { \"@/*\": [\"./*\"] } } }
";

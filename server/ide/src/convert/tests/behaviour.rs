//! What real applications showed to differ after a conversion: each case here was a line of a journey's
//! transcript (`cargo xtask journeys`).

use expect_test::expect;

use super::{POST, Way, converted};

/// The lines of the new files and the changed ones that hold one of these.
fn lines(files: &str, kept: &[&str]) -> String {
    let all = converted(files, POST);
    let keep = |line: &&str| line.starts_with("//") && line.contains(" /") || kept.iter().any(|p| line.contains(p));
    all.lines().filter(keep).map(|line| format!("{line}\n")).collect()
}

#[test]
fn what_is_called_decides_whether_the_page_is_shown_anew() {
    let files = "
//- /app/actions.ts
'use server';
import { tell } from '@/lib/tell';
export async function sa$0ve(id: number) {
  await tell(id);
}
//- /lib/tell.ts
import { stale } from './stale';
export const tell = async (id: number) => stale(`/posts/${id}`);
export const other = () => null;
//- /lib/stale.ts
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
export function stale(path: string) {
  revalidatePath(path);
}
export const away = () => redirect('/');
//- /app/form.tsx
'use client';
import { save } from './actions';
export const Form = () => (
  <button onClick={() => save(1)}>save</button>
);
export const Twice = ({ send = save }) => <button onClick={() => save(2)} onBlur={() => send(3)} />;
";
    expect![[r#"
        //+ /app/api/save/route.ts
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          await save(id);
          return new Response(null, { status: 204 });
        async function save(id: number) {
          return origin === null || origin.split('://')[1] === host;
        //+ /app/api/save/client.ts
          if (response.redirected) {
            return new Promise<never>(() => {});
        export function useSave() {
          return useCallback<Save>(
              const result = await save(id);
              router.refresh();
              return result;
        //~ /app/form.tsx
        import { save, useSave } from './api/save/client';
        export const Form = () => {
          const save = useSave();
          return (
          <button onClick={() => save(1)}>save</button>
        export const Twice = ({ send = save }) => {
          const save = useSave();
          return <button onClick={() => save(2)} onBlur={() => send(3)} />;
        //x /app/actions.ts
        # save is used outside of a component here: the page isn't shown anew after it (/app/form.tsx)
        # POST /api/save takes bodies of any size: an action took 1 MB
    "#]]
    .assert_eq(&lines(files, &["refresh", "redirect", "useSave", "Form", "Twice", "return", "save(", "# "]));
}

#[test]
fn what_is_not_there_is_not_there_for_callers_either() {
    let files = "
//- /app/actions.ts
'use server';
import { notFound } from 'next/navigation';
import { revalidatePath } from 'next/cache';
export async function op$0en(id: number): Promise<string> {
  if (id > 3) notFound();
  revalidatePath('/');
  return 'here';
}
//- /app/form.tsx
'use client';
import { open } from './actions';
export function Form() {
  return <form action={async () => void (await open(1))} />;
}
";
    expect![[r#"
        //+ /app/api/open/route.ts
        import { notFound } from 'next/navigation';
          if (id > 3) notFound();
        //+ /app/api/open/client.ts
        import { notFound, useRouter } from 'next/navigation';
          if (response.status === 404) notFound();
        //~ /app/form.tsx
        //x /app/actions.ts
        # POST /api/open takes bodies of any size: an action took 1 MB
    "#]]
    .assert_eq(&lines(files, &["notFound", "404", "# "]));
}

#[test]
fn a_promise_of_nothing_at_all() {
    let files = "
//- /app/actions.ts
'use server';
export async function fa$0il(): Promise<never> {
  throw new Error('no');
}
//- /app/form.tsx
'use client';
import { fail } from './actions';
export const Form = () => <button onClick={() => fail()} />;
";
    expect![[r#"
        //+ /app/api/fail/route.ts
          await fail();
        async function fail(): Promise<never> {
        //+ /app/api/fail/client.ts
          return undefined as never;
        //~ /app/form.tsx
        //x /app/actions.ts
    "#]]
    .assert_eq(&lines(files, &["never", "await fail"]));
}

#[test]
fn next_14_answers_a_get_once_and_for_all_unless_told_otherwise() {
    let said = |next: &str, public: bool| {
        let files = format!(
            "//- /package.json\n{{ \"dependencies\": {{ \"next\": \"{next}\" }} }}\n//- /app/actions.ts\n\
             'use server';\nexport async function get$0All() {{ return [1]; }}\n"
        );
        let all = converted(&files, Way::ToRoute { method: next::Method::Get, public });
        format!("{next} {public}: {}\n", all.contains("\nexport const dynamic = 'force-dynamic';\n"))
    };
    let all: String = [("14.2.35", true), ("14.2.35", false), ("15.5.0", true)].map(|(n, p)| said(n, p)).concat();
    expect![[r#"
        14.2.35 true: true
        14.2.35 false: false
        15.5.0 true: false
    "#]]
    .assert_eq(&all);
}

#[test]
fn fetch_follows_a_redirect_without_its_hash() {
    let files = "
//- /app/actions.ts
'use server';
import { redirect } from 'next/navigation';
export async function g$0o() { redirect('/posts#last'); }
";
    expect![[r##"
        //+ /app/api/go/route.ts
        //x /app/actions.ts
        # POST /api/go takes bodies of any size: an action took 1 MB
        # it redirects to a part of a page: the # is lost, as fetch follows without it
    "##]]
    .assert_eq(&lines(files, &["# "]));
}

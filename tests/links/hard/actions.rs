//! Uses of actions that a search for `name(` doesn't find, or finds in the wrong place.

use expect_test::expect;

use super::check;

/// By name, the call would be of the function around it: the import is renamed exactly because a
/// local function has the action's name.
#[test]
fn a_local_function_with_the_name_of_the_renamed_import() {
    check(
        r#"
//- /app/notes/note.action.ts
'use server';
export async function addNote(note) {}
export async function removeNote(id) {}
export const replyNote = async (note) => {};
//- /app/notes/notes.hooks.tsx
import {
  addNote as addNoteAction,
  removeNote as removeNoteAction,
  replyNote,
  type NewNote,
} from './note.action';
export function useNotes() {
  const removeNote = async (id) => {
    try {
      await removeNoteAction(id);
    } catch {}
  };
  const addNote = async (note: NewNote) => {
    const answer = await addNoteAction(note);
    return answer ?? replyNote(note);
  };
  const undo = () => removeNote(last);
  return { addNote, removeNote, undo };
}
"#,
        expect![[r#"
            POST addNote at app/notes/note.action.ts:2:23
            POST removeNote at app/notes/note.action.ts:3:23
            POST replyNote at app/notes/note.action.ts:4:14
            --
            app/notes/notes.hooks.tsx:10:13 `removeNoteAction` call POST exact -> POST removeNote in app/notes/note.action.ts
            app/notes/notes.hooks.tsx:14:26 `addNoteAction` call POST exact -> POST addNote in app/notes/note.action.ts
            app/notes/notes.hooks.tsx:15:22 `replyNote` call POST exact -> POST replyNote in app/notes/note.action.ts
        "#]],
    );
}

/// The hook's argument is a call itself, on a line of its own; what the hook gives back calls.
#[test]
fn bound_inside_a_hooks_arguments() {
    check(
        r#"
//- /lib/actions/route.ts
'use server';
export const updateRoute = client.schema(s).action(async ({ parsedInput, bindArgsParsedInputs: [account] }) => {});
//- /app/[account]/channels.tsx
'use client';
import { useAction } from 'next-safe-action/hooks';
import { updateRoute } from '@/lib/actions/route';
export function Channel({ account, target }) {
  const { execute: save, status } = useAction(
    updateRoute.bind(null, account),
    {
      onSuccess: () => {},
      onError: (error) => report(error),
    },
  );
  return <Toggle disabled={status === 'executing'} onChange={(on) => save({ on, target })} />;
}
"#,
        expect![[r#"
            POST updateRoute at lib/actions/route.ts:2:14
            --
            app/[account]/channels.tsx:6:5 `updateRoute` bind POST exact -> POST updateRoute in lib/actions/route.ts
            app/[account]/channels.tsx:12:70 `save` call POST pattern -> POST updateRoute in lib/actions/route.ts
        "#]],
    );
}

/// `formAction: save` in an object that a function returns is no attribute; the object is opened
/// and the action renamed two files further.
#[test]
fn the_form_action_of_a_returned_object() {
    check(
        r#"
//- /app/lists/_actions/share.ts
'use server';
export async function shareList(state, form) {}
//- /app/lists/_actions/rename.ts
'use server';
export async function renameList(state, form) {}
//- /app/lists/dialogs.tsx
import { renameList } from './_actions/rename';
import { shareList } from './_actions/share';
export const renameDialog = (list, t): DialogProps => ({
  title: t('rename'),
  formAction: renameList,
  buttons: [{ type: 'cancel' }, { type: 'submit' }],
});
export const shareDialog = (list, t): DialogProps => {
  const title = list.isPublic ? t('hide') : t('share');
  return {
    title,
    formAction: shareList,
    buttons: [{ type: 'submit' }],
  };
};
//- /app/lists/page.tsx
import { renameDialog, shareDialog } from './dialogs';
import { ListMenu } from './menu';
export default function Page({ list, t }) {
  const rename = renameDialog(list, t);
  return <ListMenu rename={rename} share={shareDialog(list, t)} />;
}
//- /app/lists/menu.tsx
'use client';
import { Dialog } from './dialog';
export const ListMenu = ({ rename: { formAction: action, ...rest }, share }) => (
  <>
    <Dialog {...rest} action={action} />
    <Dialog action={share.formAction} />
  </>
);
//- /app/lists/dialog.tsx
'use client';
import { useActionState } from 'react';
export function Dialog({ action, title }) {
  const [state, submit] = useActionState(action, null);
  return <form action={submit}>{title}</form>;
}
"#,
        expect![[r#"
            POST shareList at app/lists/_actions/share.ts:2:23
            POST renameList at app/lists/_actions/rename.ts:2:23
            --
            app/lists/dialogs.tsx:5:15 `renameList` member POST exact -> POST renameList in app/lists/_actions/rename.ts
            app/lists/dialogs.tsx:12:17 `shareList` member POST exact -> POST shareList in app/lists/_actions/share.ts
        "#]],
    );
}

/// The property has another name than the action, and another one in the next component.
#[test]
fn a_property_with_another_name() {
    check(
        r#"
//- /app/account/_actions/change-password.ts
'use server';
export const changePassword = async (state, form) => {};
//- /app/account/_actions/newsletter.ts
'use server';
export async function updateNewsletter(customer, state, form) {}
//- /app/account/page.tsx
import { Settings } from '@/ui/settings';
import { changePassword } from './_actions/change-password';
import { updateNewsletter } from './_actions/newsletter';
export default async function Page({ customer }) {
  const updateNewsletterForCustomer = updateNewsletter.bind(
    null,
    { customer },
  );
  return (
    <Settings
      changePasswordAction={changePassword}
      newsletterAction={updateNewsletterForCustomer}
      title="Settings"
    />
  );
}
//- /ui/settings.tsx
import { PasswordForm } from './password-form';
export function Settings({ title, changePasswordAction, newsletterAction }) {
  return (
    <section title={title}>
      <PasswordForm action={changePasswordAction} />
      <form action={newsletterAction} />
    </section>
  );
}
//- /ui/password-form.tsx
'use client';
import { useActionState } from 'react';
export function PasswordForm({ action }) {
  const [state, formAction] = useActionState(action, { lastResult: null });
  return <form action={formAction} />;
}
"#,
        expect![[r#"
            POST changePassword at app/account/_actions/change-password.ts:2:14
            POST updateNewsletter at app/account/_actions/newsletter.ts:2:23
            --
            app/account/page.tsx:5:39 `updateNewsletter` bind POST exact -> POST updateNewsletter in app/account/_actions/newsletter.ts
            app/account/page.tsx:11:29 `changePassword` prop POST exact -> POST changePassword in app/account/_actions/change-password.ts
            app/account/page.tsx:12:25 `updateNewsletterForCustomer` prop POST exact -> POST updateNewsletter in app/account/_actions/newsletter.ts
            ui/settings.tsx:5:29 `changePasswordAction` prop POST exact -> POST changePassword in app/account/_actions/change-password.ts
            ui/settings.tsx:6:21 `newsletterAction` form-action POST exact -> POST updateNewsletter in app/account/_actions/newsletter.ts
            ui/password-form.tsx:4:46 `action` hook POST exact -> POST changePassword in app/account/_actions/change-password.ts
            ui/password-form.tsx:5:24 `formAction` form-action POST exact -> POST changePassword in app/account/_actions/change-password.ts
        "#]],
    );
}

/// The action is an argument in the middle, and called in the helper's file under the parameter's
/// name.
#[test]
fn handed_to_a_helper_of_the_client() {
    check(
        r#"
//- /lib/auth/server.ts
'use server';
export async function signOut(form) {}
export async function goTo(path) {}
//- /lib/auth/client.ts
'use client';
import { goTo } from './server';
export async function submit(
  event: FormEvent,
  send: (form: FormData) => Promise<string>,
  router: Router | null = null
): Promise<boolean | void> {
  event.preventDefault();
  const path: string = await send(new FormData(event.currentTarget));
  if (router) {
    return router.push(path);
  }
  return await goTo(path);
}
//- /ui/bar.tsx
'use client';
import { signOut } from '@/lib/auth/server';
import { submit } from '@/lib/auth/client';
export default function Bar({ router }) {
  return <form onSubmit={(e) => submit(e, signOut, router)} />;
}
"#,
        expect![[r#"
            POST signOut at lib/auth/server.ts:2:23
            POST goTo at lib/auth/server.ts:3:23
            --
            lib/auth/client.ts:9:30 `send` call POST exact -> POST signOut in lib/auth/server.ts
            lib/auth/client.ts:13:16 `goTo` call POST exact -> POST goTo in lib/auth/server.ts
            ui/bar.tsx:5:43 `signOut` argument POST exact -> POST signOut in lib/auth/server.ts
        "#]],
    );
}

/// A pattern `useActionState(` misses the type arguments, and with them the action three lines below.
#[test]
fn type_arguments_between_the_hook_and_the_action() {
    check(
        r#"
//- /app/(login)/actions.ts
'use server';
export const signIn = validated(schema, async (data) => {});
export const signUp = validated(schema, async (data) => {});
//- /app/login.client.tsx
"use client";
import { useActionState } from "react";
import { signIn, signUp } from "./(login)/actions";
export function LoginForm() {
  const [inState, inAction, inPending] = useActionState<
    State,
    FormData
  >(signIn, { error: "" });
  const [upState, upAction, upPending] = useActionState<State, FormData>(signUp, { error: "" });
  return (
    <form>
      <Button type="submit" formAction={inAction} disabled={inPending || upPending}>Log in</Button>
      <Button type="submit" formAction={upAction}>Sign up</Button>
    </form>
  );
}
"#,
        expect![[r#"
            POST signIn at app/(login)/actions.ts:2:14
            POST signUp at app/(login)/actions.ts:3:14
            --
            app/login.client.tsx:8:5 `signIn` hook POST exact -> POST signIn in app/(login)/actions.ts
            app/login.client.tsx:9:74 `signUp` hook POST exact -> POST signUp in app/(login)/actions.ts
            app/login.client.tsx:12:41 `inAction` prop POST exact -> POST signIn in app/(login)/actions.ts
            app/login.client.tsx:13:41 `upAction` prop POST exact -> POST signUp in app/(login)/actions.ts
        "#]],
    );
}

/// The hook gets what another function makes of the action.
#[test]
fn options_made_of_an_action_inside_a_hook() {
    check(
        r#"
//- /app/tasks/toggle-task.ts
'use server';
export const toggleTask = client.schema(s).action(async ({ parsedInput }) => {});
//- /app/tasks/task-list.tsx
"use client";
import { mutationOptions } from "safe-action/query";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toggleTask } from "./toggle-task";
export function TaskList({ tasks }) {
  const queryClient = useQueryClient();
  const mutation = useMutation(
    mutationOptions(toggleTask, {
      onMutate: async (input) => {},
      onSettled: () => {
        void queryClient.invalidateQueries({ queryKey: ["tasks"] });
      },
    })
  );
  return tasks.map((task) => <button key={task.id} onClick={() => mutation.mutate({ id: task.id })} />);
}
"#,
        expect![[r#"
            POST toggleTask at app/tasks/toggle-task.ts:2:14
            --
            app/tasks/task-list.tsx:8:21 `toggleTask` argument POST exact -> POST toggleTask in app/tasks/toggle-task.ts
            app/tasks/task-list.tsx:15:76 `mutate` call POST pattern -> POST toggleTask in app/tasks/toggle-task.ts
        "#]],
    );
}

/// No list of hooks holds this one; what it gives back is called like the action.
#[test]
fn a_hook_nobody_knows_that_gives_back_a_function() {
    check(
        r#"
//- /app/(guarded)/actions.ts
'use server';
export async function logUser() {}
//- /app/(guarded)/page.tsx
'use client';
import { useState, useTransition } from 'react';
import { useSecondFactor } from 'second-factor';
import { logUser } from '@/app/(guarded)/actions';
function Page() {
  const logUserSafely = useSecondFactor(logUser);
  const [pending, startTransition] = useTransition();
  const [answer, setAnswer] = useState(null);
  return (
    <button
      disabled={pending}
      onClick={() => {
        startTransition(async () => {
          await logUserSafely().then((a) => {
            setAnswer(a);
          });
        });
      }}
    />
  );
}
export default Page;
"#,
        expect![[r#"
            POST logUser at app/(guarded)/actions.ts:2:23
            --
            app/(guarded)/page.tsx:6:41 `logUser` hook POST exact -> POST logUser in app/(guarded)/actions.ts
            app/(guarded)/page.tsx:14:17 `logUserSafely` call POST pattern -> POST logUser in app/(guarded)/actions.ts
        "#]],
    );
}

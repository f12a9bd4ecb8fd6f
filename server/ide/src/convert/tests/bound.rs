//! Arguments that a page of the server binds to an action for a form.

use expect_test::expect;

use super::{POST, check, converted, round_trip};

fn files(action: &str, page: &str) -> String {
    format!(
        "//- /app/actions.ts
'use server';
{action}
export async function other() {{}}
//- /app/page.tsx
import {{ save }} from './actions';

export default async function Page({{ post }}: {{ post: {{ id: string }} }}) {{
{page}
}}
"
    )
}

const ACTION: &str = "export async function sa$0ve(id: string, count: number, formData: FormData) {\n  put(id, count, formData.get('x'));\n}\n";

#[test]
fn become_a_field() {
    let page = "  return (\n    <form action={save.bind(null, post.id, 3)} className=\"a\">\n      <input name=\"x\" />\n    </form>\n  );";
    let files = files(ACTION, page);
    check(
        &files,
        POST,
        expect![[r#"
        //+ /app/api/save/route.ts
        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          const formData = await request.formData();
          const { id, count } = JSON.parse(formData.get('$arguments') as string) as { id: string; count: number };
          formData.delete('$arguments');
          await save(id, count, formData);
          if (request.headers.get('accept')?.includes('text/html')) {
            return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });
          }
          return new Response(null, { status: 204 });
        }

        async function save(id: string, count: number, formData: FormData) {
          put(id, count, formData.get('x'));
        }

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get('origin');
          const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
          return origin === null || origin.split('://')[1] === host;
        }
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/page.tsx
        export default async function Page({ post }: { post: { id: string } }) {
          return (
            <form action="/api/save" method="post" encType="multipart/form-data" className="a">
              <input type="hidden" name="$arguments" value={JSON.stringify({ id: post.id, count: 3 })} />
              <input name="x" />
            </form>
          );
        }
        # POST /api/save takes bodies of any size: an action took 1 MB
        # a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost
    "#]],
    );
    expect![[r#"
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/page.tsx
        import { save } from './actions/save';
        export default async function Page({ post }: { post: { id: string } }) {
          return (
            <form action={save.bind(null, post.id, 3)} className="a">
              <input name="x" />
            </form>
          );
        }
        //+ /app/actions/save.ts
        'use server';

        export async function save(id: string, count: number, formData: FormData) {
          put(id, count, formData.get('x'));
        }
    "#]]
    .assert_eq(&round_trip(&files));
}

#[test]
fn held_by_a_constant_and_without_a_form() {
    let page = "  const { id } = post;\n  const saveIt = save.bind(null, id);\n\n  return <form action={saveIt}><button>save</button></form>;";
    let files = files("export async function sa$0ve(id: string) {\n  put(id);\n}\n", page);
    check(
        &files,
        POST,
        expect![[r#"
        //+ /app/api/save/route.ts
        export async function POST(request: Request) {
          if (!isSameOrigin(request)) return new Response(null, { status: 403 });
          const fields = await request.formData();
          const { id } = JSON.parse(fields.get('$arguments') as string) as { id: string };
          await save(id);
          if (request.headers.get('accept')?.includes('text/html')) {
            return new Response(null, { status: 303, headers: { Location: request.headers.get('referer') ?? '/' } });
          }
          return new Response(null, { status: 204 });
        }

        async function save(id: string) {
          put(id);
        }

        // Next compares Origin with Host for server actions only: a handler does it by itself.
        function isSameOrigin(request: Request) {
          const origin = request.headers.get('origin');
          const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
          return origin === null || origin.split('://')[1] === host;
        }
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/page.tsx
        export default async function Page({ post }: { post: { id: string } }) {
          const { id } = post;
          return <form action="/api/save" method="post" encType="multipart/form-data"><input type="hidden" name="$arguments" value={JSON.stringify({ id })} /><button>save</button></form>;
        }
        # POST /api/save takes bodies of any size: an action took 1 MB
        # a form posts and loads its page anew: what the function returns isn't shown, and what components keep is lost
    "#]],
    );
    expect![[r#"
        //~ /app/actions.ts
        'use server';
        export async function other() {}
        //~ /app/page.tsx
        import { save } from './actions/save';
        export default async function Page({ post }: { post: { id: string } }) {
          const { id } = post;
          return <form action={save.bind(null, id)}><button>save</button></form>;
        }
        //+ /app/actions/save.ts
        'use server';

        export async function save(id: string) {
          put(id);
        }
    "#]]
    .assert_eq(&round_trip(&files));
}

#[test]
fn refusals() {
    let pages = [
        "  return <form action={save.bind(null, post.id)} />;",
        "  return <form action={save.bind(null, post.id)}><p /></form>;",
        "  return <form action={save.bind(null, post.id, count())}><p /></form>;",
        "  return <form action={save.bind(null, post.id, 3)}><button formAction={other}>x</button></form>;",
        "  return <form><button formAction={save.bind(null, post.id, 3)}>x</button></form>;",
        "  const it = save.bind(null, post.id, 3);\n  return <form action={it}><Button save={it} /></form>;",
        "  return <Button save={save.bind(null, post.id, 3)} />;",
    ];
    let all: String = pages.iter().map(|page| converted(&files(ACTION, page), POST)).collect();
    expect![[r#"
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:131
        refused (form): a form on a page of the server binds to it what isn't just the arguments in front of the form /app/page.tsx:131
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:131
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:131
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:143
        refused (form): a form on a page of the server posts to it, and fields are all that a form carries /app/page.tsx:121
        refused (handed-on): an argument is bound to it here, on the server, and not for a form alone: only forms carry such ones /app/page.tsx:131
    "#]]
    .assert_eq(&all);
}

//! Which expressions can name an endpoint, who takes them, and with which method?
//! `-` means that nothing is said of the method, `?` that it is said but not as text.

use expect_test::{Expect, expect};
use syntax::parse::Grammar;

use crate::render::Facts;

fn check(code: &str, expected: Expect) {
    expected.assert_eq(&Facts::new(code, Grammar::Tsx).urls());
}

#[test]
fn literals() {
    check(
        "fetch('/api/users');\nfetch(\"/api/a b\");\nfetch(`/api/plain`);\nfetch('/');\nfetch('//cdn.host/x');\nfetch('api/users');\nfetch('');",
        expect![[r#"
        1:7 - /api/users in fetch()
        3:7 - /api/plain in fetch()
    "#]],
    );
}

#[test]
fn templates() {
    check(
        "fetch(`/api/users/${id}`);\nfetch(`/api/${a}/x/${b.c}?q=${q}`);\nfetch(`${base}/api/x`);\nfetch(`/${slug}/x`);\nfetch(`/api/${encodeURIComponent(id)}/${String(n)}`);",
        expect![[r#"
        1:7 - /api/users/{id} in fetch()
        2:7 - /api/{a}/x/{b.c}?q={q} in fetch()
        3:7 - {base}/api/x in fetch()
        4:7 - /{slug}/x in fetch()
        5:7 - /api/{Encoded: encodeURIComponent(id)}/{Encoded: String(n)} in fetch()
    "#]],
    );
}

#[test]
fn concatenations() {
    check(
        "fetch('/api/users/' + id);\nfetch('/api/' + kind + '/' + encodeURIComponent(id));\nfetch(base + '/api/x');\nfetch(('/api/x') + (`/y${z}`));",
        expect![[r#"
        1:7 - /api/users/{id} in fetch()
        2:7 - /api/{kind}/{Encoded: encodeURIComponent(id)} in fetch()
        3:7 - {base}/api/x in fetch()
        4:7 - /api/x/y{z} in fetch()
    "#]],
    );
}

#[test]
fn conditions() {
    check(
        "fetch(x ? '/api/a' : '/api/b');\nfetch(`/api/${x ? 'a' : 'b'}/c`);\nfetch('/api/' + (x ? 'a' : y ? 'b' : 'c'));\nuseSWR(id && `/api/${id}`);\nuseSWR(id ? `/api/${id}` : null);\nfetch(url ?? '/api/fall');\nfetch(url || '/api/fall');",
        expect![[r#"
            1:7 - /api/a | /api/b in fetch()
            2:7 - /api/a/c | /api/b/c in fetch()
            3:7 - /api/a | /api/b | /api/c in fetch()
            4:8 - /api/{id} in useSWR()
            5:8 - /api/{id} in useSWR()
            6:7 - {url} | /api/fall in fetch()
            7:7 - {url} | /api/fall in fetch()
        "#]],
    );
}

#[test]
fn constants_fold() {
    check(
        "const BASE = '/api';
const USERS = `${BASE}/users`;
fetch(USERS + '/' + id);
fetch(BASE);
let changing = '/api/x';
fetch(changing);
const { destructured } = { destructured: '/api/y' };
fetch(destructured);",
        expect![[r#"
            1:14 - /api in variable
            2:15 - /api/users in variable
            3:7 - /api/users/{id} in fetch()
            4:7 - /api in fetch()
            5:16 - /api/x in variable
            6:7 - /api/x in fetch()
            7:42 - /api/y in { destructured }
            8:7 - /api/y in fetch()
        "#]],
    );
}

#[test]
fn constants_fold_in_their_scope() {
    check(
        "const url = '/api/a';\nfunction f(url) { fetch(url); }\nfunction g() { const url = '/api/b'; fetch(url); }\nconst loop = loop + '/x'; fetch(loop);",
        expect![[r#"
        1:13 - /api/a in variable
        3:28 - /api/b in variable
        3:44 - /api/b in fetch()
        4:14 - {loop}/x in variable
        4:33 - {loop}/x in fetch()
    "#]],
    );
}

#[test]
fn members_of_constants_fold() {
    check(
        "const ROUTES = { users: '/api/users', deep: { cart: '/api/cart' }, 'in-stock': '/api/stock' } as const;
fetch(ROUTES.users);
fetch(`${ROUTES.deep.cart}/${id}`);
fetch(ROUTES['in-stock']);
fetch(ROUTES.missing);",
        expect![[r#"
            1:25 - /api/users in { users }
            1:53 - /api/cart in { cart }
            1:80 - /api/stock in { in-stock }
            2:7 - /api/users in fetch()
            3:7 - /api/cart/{id} in fetch()
            4:7 - /api/stock in fetch()
        "#]],
    );
}

#[test]
fn members_of_enums_fold() {
    check(
        "enum Api { Users = '/api/users', Cart = '/api/cart' }\nfetch(Api.Users);\nfetch(`${Api.Cart}/${id}`);",
        expect![[r#"
            1:20 - /api/users in variable
            1:41 - /api/cart in variable
            2:7 - /api/users in fetch()
            3:7 - /api/cart/{id} in fetch()
        "#]],
    );
}

#[test]
fn origins() {
    check(
        "fetch(`${process.env.NEXT_PUBLIC_URL}/api/x`);
fetch(env.URL + '/api/x');
fetch(`${window.location.origin}/api/x`);
fetch(`${request.nextUrl.origin}/api/x`);
fetch('http://localhost:3000/api/x');
fetch('https://shop.example');
fetch(`https://${host}/api/x`);
const ORIGIN = process.env.URL;
fetch(`${ORIGIN}/api/x`);
const FALLBACK = process.env.URL ?? 'http://localhost:3000';
fetch(`${FALLBACK}/api/x`);",
        expect![[r#"
            1:7 - {Base: process.env.NEXT_PUBLIC_URL}/api/x in fetch()
            2:7 - {Base: env.URL}/api/x in fetch()
            3:7 - {Base: window.location.origin}/api/x in fetch()
            4:7 - {Base: request.nextUrl.origin}/api/x in fetch()
            5:7 - http://localhost:3000/api/x in fetch()
            7:7 - https://{Named: host}/api/x in fetch()
            9:7 - {Base: ORIGIN}/api/x in fetch()
            11:7 - {Base: process.env.URL}/api/x | http://localhost:3000/api/x in fetch()
        "#]],
    );
}

#[test]
fn methods() {
    check(
        "fetch('/api/a', { method: 'DELETE' });
fetch('/api/b', { 'method': \"post\", headers });
fetch('/api/c', { method });
fetch('/api/d', { method: isNew ? 'POST' : 'PUT' });
fetch('/api/e', { ...init });
fetch('/api/f', { ...init, method: 'PATCH' });
fetch('/api/g', init);
fetch('/api/h', {});
fetch('/api/i', { method: `PUT` });",
        expect![[r#"
            1:7 DELETE /api/a in fetch()
            2:7 post /api/b in fetch()
            3:7 ? /api/c in fetch()
            4:7 POST/PUT /api/d in fetch()
            5:7 ? /api/e in fetch()
            6:7 PATCH /api/f in fetch()
            7:7 open /api/g in fetch()
            8:7 - /api/h in fetch()
            9:7 PUT /api/i in fetch()
        "#]],
    );
}

#[test]
fn methods_from_constants() {
    check(
        "const method = 'PUT';
const init = { method: 'POST', body };
const init2: RequestInit = { method };
fetch('/api/a', init);
fetch('/api/b', { method });
fetch('/api/c', init2);",
        expect![[r#"
            4:7 POST /api/a in fetch()
            5:7 PUT /api/b in fetch()
            6:7 PUT /api/c in fetch()
        "#]],
    );
}

#[test]
fn methods_from_callees() {
    check(
        "axios.post('/api/a', body);\napi.get(`/api/b`);\nky.delete('/api/c').json();\nhttp.request('/api/d');\naxios({ url: '/api/e', method: 'PUT' });\naxios.create({ baseURL: '/api' });\nclient('/api/f', { method: 'PATCH' });",
        expect![[r#"
        1:12 POST /api/a in axios.post()
        2:9 GET /api/b in api.get()
        3:11 DELETE /api/c in ky.delete()
        4:14 - /api/d in http.request()
        5:14 PUT /api/e in { url }
        6:25 - /api in { baseURL }
        7:8 PATCH /api/f in client()
    "#]],
    );
}

#[test]
fn swr_keys() {
    check(
        "useSWR('/api/a', fetcher);
useSWR(['/api/b', id], ([url, id]) => fetch(url));
useSWR(() => (id ? `/api/c/${id}` : null), fetcher);
useSWRMutation('/api/d', (url) => fetch(url, { method: 'POST' }));
mutate((key) => typeof key === 'string' && key.startsWith('/api/e'));
useQuery({ queryKey: ['/api/f'], queryFn: () => fetch('/api/g') });",
        expect![[r#"
            1:8 open /api/a in useSWR()
            2:9 - /api/b in useSWR()
            3:15 open /api/c/{id} in useSWR()
            4:16 - /api/d in useSWRMutation()
            5:59 - /api/e in mutate() by a test
            6:23 - /api/f in { queryKey }
            6:55 - /api/g in fetch()
        "#]],
    );
}

#[test]
fn constructors() {
    // A `new URL(…)` that is taken at once belongs to its taker, and so does the method.
    check(
        "new URL('/api/a', request.url);\nnew Request('/api/b', { method: 'POST' });\nnew EventSource(`/api/c/${id}`);\nfetch(new URL(`/api/d/${id}`, base));\nfetch(new URL('/api/e', base), { method: 'DELETE' });",
        expect![[r#"
            1:9 - /api/a in new URL
            2:13 POST /api/b in new Request
            3:17 - /api/c/{id} in new EventSource
            4:15 - /api/d/{id} in fetch()
            5:15 DELETE /api/e in fetch()
        "#]],
    );
}

#[test]
fn attributes() {
    check(
        "const a = <a href=\"/api/a\" />;\nconst b = <form action=\"/api/b\" method=\"post\" />;\nconst c = <Link href={`/api/c/${id}`} />;\nconst d = <form action={'/api/d'} method={verb} />;\nconst e = <Row link={{ href: '/api/e' }} />;",
        expect![[r#"
        1:19 - /api/a in <a href>
        2:24 post /api/b in <form action>
        3:23 - /api/c/{id} in <Link href>
        4:25 ? /api/d in <form action>
        5:30 - /api/e in { href }
    "#]],
    );
}

#[test]
fn members_and_variables() {
    check(
        "const a = { url: '/api/a', 'other-url': `/api/b/${id}` };\nconst b = '/api/c';\nlist.push('/api/d');\nurl = '/api/e';\nfunction f() { return '/api/f'; }\nconst g = () => '/api/g';\nconst h = ['/api/h'];",
        expect![[r#"
            1:18 - /api/a in { url }
            1:41 - /api/b/{id} in { other-url }
            2:11 - /api/c in variable
            3:11 - /api/d in list.push()
            4:7 - /api/e in variable
            5:23 - /api/f in other
            6:17 - /api/g in other
            7:12 - /api/h in variable
        "#]],
    );
}

#[test]
fn comparisons() {
    check(
        "if (path === '/api/a') {}
if (path.startsWith('/api/b')) {}
switch (path) { case '/api/c': break; }
path.replace('/api/d', '');
expect(url).toBe('/api/e');
['/api/f'].includes(path);",
        expect![[r#"
            1:14 - /api/a in comparison
            2:21 - /api/b in comparison
            3:22 - /api/c in comparison
            4:14 - /api/d in comparison
            5:18 - /api/e in comparison
            6:2 - /api/f in comparison
        "#]],
    );
}

#[test]
fn definitions_are_no_requests() {
    check(
        "app.get('/users', (c) => c.json([]));\nrouter.post('/users/:id', auth, async function (req, res) {});\nfunction list() {}\nrouter.get('/list', list);\nrouter.put('/x', handled(async (req, res) => {}));\nfastify.route({ method: 'GET', url: '/users', handler: list });\nfastify.route({ url: '/more', async handler() {} });\ndescribe('/api/users', () => {});\ntest.describe('/api/users', () => {});\nit.each([1])('/api/users', () => {});",
        expect![[r#"
            nothing
        "#]],
    );
    check(
        "api.get('/users');\napi.post('/users', { done: () => {} });\n$.get('/users', (data) => {});\napi.put('/users', body);\nclient.route({ method: 'GET', url: '/users' });\napi.patch('/users', rows.map((row) => row.id));\nit('/api/users');",
        expect![[r#"
            1:9 GET /users in api.get()
            2:10 POST /users in api.post()
            3:7 GET /users in $.get()
            4:9 PUT /users in api.put()
            5:36 GET /users in { url }
            6:11 PATCH /users in api.patch()
            7:4 - /api/users in it()
        "#]],
    );
}

#[test]
fn another_host_as_base() {
    check(
        "const HOST = 'https://api.example.com/v2';\nfetch(new URL('/api/x', HOST));\nconst url = new URL('/api/y', HOST);\nfetch(url.toString());\nfetch(new URL('/api/x', 'http://localhost:3000'));\nfetch(new URL('/api/x', request.url));",
        expect![[r#"
            2:15 - https://api.example.com/api/x in fetch()
            3:21 - https://api.example.com/api/y in variable
            4:7 - https://api.example.com/api/y in fetch()
            5:15 - /api/x in fetch()
            6:15 - /api/x in fetch()
        "#]],
    );
}

#[test]
fn names_are_no_urls() {
    check(
        "import x from '/api/a';\nexport * from '/api/b';\nconst y = { '/api/c': 1 };\ny['/api/d'];\nrequire('/api/e');\nawait import('/api/f');\n'/api/g';\ndeclare module '/api/h' {}",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn prose_and_patterns_are_no_urls() {
    check(
        "say('/ or /x');\nsay('a/b');\nsay('/ x');\nsay('/*');\nconst r = /\\/api\\/x/;\ntype T = '/api/t';\n// '/api/c'\nconst j = <p>/api/j</p>;",
        expect![[r#"
        nothing
    "#]],
    );
}

#[test]
fn wrapped_values() {
    check(
        "fetch('/api/a' as Route);\nfetch('/api/b' satisfies Route);\nfetch(('/api/c')!);\nfetch(await '/api/d');\nconst e = '/api/e' as const;\nfetch(e);",
        expect![[r#"
        1:7 - /api/a in fetch()
        2:7 - /api/b in fetch()
        3:8 - /api/c in fetch()
        4:13 - /api/d in fetch()
        5:11 - /api/e in variable
        6:7 - /api/e in fetch()
    "#]],
    );
}

#[test]
fn functions_that_return_urls() {
    check(
        "const url = (id) => `/api/users/${id}`;\nfetch(url(1));\nconst routes = { user: (id: string) => `/api/users/${id}` };\nfetch(routes.user('1'));",
        expect![[r#"
            1:21 - /api/users/{id} in other
            2:7 - {url(1)} in fetch() (weak)
            3:40 - /api/users/{id} in { user }
            4:7 - {routes.user('1')} in fetch() (weak)
        "#]],
    );
}

#[test]
fn text_beyond_ascii() {
    check(
        "fetch('/größe/保存');\nfetch('/caf%C3%A9');\nfetch(`/api/😀/${名}`);",
        expect![[r#"
        1:7 - /größe/保存 in fetch()
        2:7 - /caf%C3%A9 in fetch()
        3:7 - /api/😀/{名} in fetch()
    "#]],
    );
}

#[test]
fn many_choices_are_cut_off() {
    let alternatives = |code: &str| -> Vec<usize> {
        let facts = Facts::new(code, Grammar::Tsx).facts;
        facts.urls.iter().map(|u| u.url.alternatives().len()).collect()
    };
    assert_eq!(alternatives("const a = x || '2';\nfetch(`/api/${a}${a}${a}${a}${a}${a}`);"), [24]);
    // One condition holds everywhere or nowhere.
    assert_eq!(alternatives("const a = x ? '1' : '2';\nfetch(`/api/${a}${a}${a}${a}${a}${a}`);"), [2]);
}

#[test]
fn a_choice_of_names() {
    check(
        "const url = `/api/a?${query}`;\nuseSWR<Row>(id ? url : null);\nuseSWR(id && url);\nmax(a ? b : c, d && e);",
        expect![[r#"
            1:13 - /api/a?{query} in variable
            2:13 - /api/a?{query} in useSWR()
            3:8 - /api/a?{query} in useSWR()
        "#]],
    );
}

#[test]
fn url_objects_in_constants() {
    check(
        "const a = new URL('/api/a', base);\nfetch(a);\nfetch(a.href, { method: 'PUT' });\nfetch(a.toString());\nconst b = new URL(`/api/b/${id}`, base);\nb.searchParams.set('q', q);\nawait fetch(b, { method: 'POST' });\nfetch(other.toString());\nfetch(new URL('/api/c', base).toString());",
        expect![[r#"
            1:19 - /api/a in variable
            2:7 - /api/a in fetch()
            3:7 PUT /api/a in fetch()
            4:7 - /api/a in fetch()
            5:19 - /api/b/{id} in variable
            7:13 POST /api/b/{id} in fetch()
            9:15 - /api/c in fetch()
        "#]],
    );
}

#[test]
fn assignments_and_callbacks() {
    check(
        "location.href = '/api/a';\nimg.src = `/api/b/${id}`;\nlet url; url = '/api/c'; fetch(url);\nuseSWR(() => { if (x) return null; return '/api/d'; });\nexport const t = { url: (p) => { return `/api/e/${p.id}`; }, method: 'PUT' };\nrouter.replace('/api/f');\npath.replace('/api/g', '');",
        expect![[r#"
            1:17 - /api/a in location.href =
            2:11 - /api/b/{id} in img.src =
            3:16 - /api/c in variable
            3:32 - /api/c in fetch()
            4:43 - /api/d in useSWR()
            5:41 PUT /api/e/{p.id} in { url }
            6:16 - /api/f in router.replace()
            7:14 - /api/g in comparison
        "#]],
    );
}

#[test]
fn members_of_choices() {
    check(
        "const e = x ? { url: '/api/a', method: 'PUT' } : { url: '/api/b', method: 'POST' };\nfetch(e.url, { method: e.method });\nconst { url, method } = e;\nfetch(url, { method });\nconst [path] = x ? ['/api/c'] : ['/api/d'];\nfetch(path);\nfetch(`/api/${x ? id : null}/f`);\nfetch(`/api/${x ? id : ''}`);",
        expect![[r#"
            1:22 PUT /api/a in { url }
            1:57 POST /api/b in { url }
            2:7 PUT/POST /api/a | /api/b in fetch()
            4:7 PUT/POST /api/a | /api/b in fetch()
            5:16 - /api/c | /api/d in variable
            6:7 - /api/c | /api/d in fetch()
            7:7 - /api/{id}/f in fetch()
            8:7 - /api/{id} | /api/ in fetch()
        "#]],
    );
}

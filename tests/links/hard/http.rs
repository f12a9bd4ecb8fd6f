//! URLs that don't stand where they are fetched, and what only looks like one.

use expect_test::expect;

use super::check;

/// A hole is no single segment here: it brings its own slashes, and the path has none before it.
#[test]
fn a_hole_that_brings_its_own_slashes() {
    check(
        r#"
//- /app/api/prefetch/[...rest]/route.ts
export async function GET() {}
//- /app/api/search/route.ts
export async function GET() {}
//- /ui/link.tsx
export async function prefetch(href) {
  if (!href.startsWith('/') || href.startsWith('/order') || href === '/') return [];
  const url = new URL(href, window.location.href);
  const response = await fetch(`/api/prefetch${url.pathname}`, {
    priority: 'low',
  });
  return response.json();
}
"#,
        expect![[r#"
            GET /api/prefetch/[...rest] at app/api/prefetch/[...rest]/route.ts:1:23
            GET /api/search at app/api/search/route.ts:1:23
            --
            ui/link.tsx:4:32 ``/api/prefetch${url.pathname}`` fetch GET /api/prefetch{url.pathname} pattern -> GET /api/prefetch/[...rest] in app/api/prefetch/[...rest]/route.ts
        "#]],
    );
}

/// A hole over siblings isn't "any of them": the choice inside it names two, and a third isn't meant.
#[test]
fn a_choice_of_two_siblings_inside_a_template() {
    check(
        r#"
//- /app/api/partner/invites/route.ts
export async function GET() {}
//- /app/api/partner/users/route.ts
export async function GET() {}
//- /app/api/partner/payouts/route.ts
export async function GET() {}
//- /app/members.tsx
import useSWR from 'swr';
export function Members({ id, status, search }) {
  const { data } = useSWR<User[]>(
    id &&
      `/api/partner/${status === "invited" ? "invites" : "users"}?${new URLSearchParams(
        { ...(search && { search }) } as Record<string, any>,
      ).toString()}`,
    fetcher,
    { keepPreviousData: true },
  );
}
"#,
        expect![[r#"
            GET /api/partner/invites at app/api/partner/invites/route.ts:1:23
            GET /api/partner/users at app/api/partner/users/route.ts:1:23
            GET /api/partner/payouts at app/api/partner/payouts/route.ts:1:23
            --
            app/members.tsx:4:5 `id && `/api/partner/${status === "invited" ? "invites" : "users"}?${new URLSearchParams( { ...(search && { search }) } as Record<string, any>, ).toString()}`` swr GET /api/partner/invites ambiguous -> GET /api/partner/invites in app/api/partner/invites/route.ts, GET /api/partner/users in app/api/partner/users/route.ts
        "#]],
    );
}

/// The parameter's type says which of the static siblings are meant; without it, all fit, and none
/// is surer than another.
#[test]
fn a_hole_whose_type_names_the_siblings() {
    check(
        r#"
//- /app/api/admin/spaces/disable/route.ts
export async function POST() {}
//- /app/api/admin/spaces/restore/route.ts
export async function POST() {}
//- /app/admin/spaces.tsx
export function Spaces() {
  const change = async (action: 'disable' | 'restore', slug: string) => {
    const response = await fetch(`/api/admin/spaces/${action}`, {
      method: 'POST',
      body: JSON.stringify({ slug }),
    });
  };
  return <button onClick={() => change('disable', slug)} />;
}
"#,
        expect![[r#"
            POST /api/admin/spaces/disable at app/api/admin/spaces/disable/route.ts:1:23
            POST /api/admin/spaces/restore at app/api/admin/spaces/restore/route.ts:1:23
            --
            app/admin/spaces.tsx:3:34 ``/api/admin/spaces/${action}`` fetch POST /api/admin/spaces/disable ambiguous -> POST /api/admin/spaces/disable in app/api/admin/spaces/disable/route.ts, POST /api/admin/spaces/restore in app/api/admin/spaces/restore/route.ts
        "#]],
    );
}

/// URL and method hang on the same condition: crossing them gives pairs that are never sent.
#[test]
fn url_and_method_that_vary_together() {
    check(
        r#"
//- /app/api/embed/links/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/embed/links/[linkId]/route.ts
export async function PATCH() {}
export async function DELETE() {}
//- /app/embed/edit-link.tsx
export function EditLink({ link }) {
  const onSubmit = async (data) => {
    const endpoint = !link
      ? "/api/embed/links"
      : `/api/embed/links/${link.id}`;

    const response = await fetch(endpoint, {
      method: !link ? "POST" : "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    });
  };
}
"#,
        expect![[r#"
            GET /api/embed/links at app/api/embed/links/route.ts:1:23
            POST /api/embed/links at app/api/embed/links/route.ts:2:23
            PATCH /api/embed/links/[linkId] at app/api/embed/links/[linkId]/route.ts:1:23
            DELETE /api/embed/links/[linkId] at app/api/embed/links/[linkId]/route.ts:2:23
            --
            app/embed/edit-link.tsx:7:34 `endpoint` fetch - /api/embed/links/{link.id} ambiguous -> PATCH /api/embed/links/[linkId] in app/api/embed/links/[linkId]/route.ts, POST /api/embed/links in app/api/embed/links/route.ts
        "#]],
    );
}

/// The segment is computed from a value in lower case, over several lines, and static siblings fit.
#[test]
fn a_computed_segment_over_static_siblings() {
    check(
        r#"
//- /pages/api/teams/[teamId]/documents/[id]/links.ts
export default async function handler(req, res) {}
//- /pages/api/teams/[teamId]/rooms/[id]/links.ts
export default async function handler(req, res) {}
//- /pages/api/teams/[teamId]/links/[id]/index.ts
export default async function handler(req, res) {}
//- /ui/delete-link.tsx
import { mutate } from 'swr';
export function DeleteLink({ team, link, target }: { target: 'DOCUMENT' | 'ROOM' }) {
  const remove = async () => {
    const kind = `${target.toLowerCase()}s`; // "documents" or "rooms"
    await mutate(
      `/api/teams/${team?.id}/${kind}/${encodeURIComponent(
        link.targetId ?? '',
      )}/links`,
    );
  };
}
"#,
        expect![[r#"
            * /api/teams/[teamId]/documents/[id]/links at pages/api/teams/[teamId]/documents/[id]/links.ts:1:31
            * /api/teams/[teamId]/rooms/[id]/links at pages/api/teams/[teamId]/rooms/[id]/links.ts:1:31
            * /api/teams/[teamId]/links/[id] at pages/api/teams/[teamId]/links/[id]/index.ts:1:31
            --
            ui/delete-link.tsx:6:7 ``/api/teams/${team?.id}/${kind}/${encodeURIComponent( link.targetId ?? '', )}/links`` cache-key GET /api/teams/{team?.id}/{target.toLowerCase()}s/{encodeURIComponent( link.targetId ?? '', )}/links ambiguous -> * /api/teams/[teamId]/documents/[id]/links in pages/api/teams/[teamId]/documents/[id]/links.ts, * /api/teams/[teamId]/rooms/[id]/links in pages/api/teams/[teamId]/rooms/[id]/links.ts
        "#]],
    );
}

/// The path fits a handler of another application only; a request without host stays in its own.
#[test]
fn a_path_that_only_another_application_serves() {
    check(
        r#"
//- /apps/app/package.json
{ "name": "app", "dependencies": { "next": "16.4.6" } }
//- /apps/app/app/api/policies/publish-all/route.ts
export async function PATCH() {}
//- /apps/app/app/api/policies/[id]/route.ts
export async function PATCH() {}
//- /apps/portal/package.json
{ "name": "portal", "dependencies": { "next": "16.4.6" } }
//- /apps/portal/app/api/health/route.ts
export async function GET() {}
//- /apps/portal/hooks/use-update-policy.ts
import { useMutation } from '@tanstack/react-query';
export function useUpdatePolicy() {
  return useMutation({
    mutationFn: async ({ policyId, content }) => {
      const response = await fetch(`/api/policies/${policyId}`, {
        method: 'PATCH',
        body: JSON.stringify({ content }),
      });
      return response.json();
    },
  });
}
"#,
        expect![[r#"
            PATCH /api/policies/publish-all at apps/app/app/api/policies/publish-all/route.ts:1:23
            PATCH /api/policies/[id] at apps/app/app/api/policies/[id]/route.ts:1:23
            GET /api/health at apps/portal/app/api/health/route.ts:1:23
            --
        "#]],
    );
}

/// The path is another company's: the helper puts its host in front, in another file.
#[test]
fn a_vendors_path_that_fits_a_catch_all() {
    check(
        r#"
//- /app/api/[...all]/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/v2/spans/events/search/route.ts
export async function POST() {}
//- /tools/watchdog/url.ts
export function watchdogUrl(site: Site | undefined, path: string): string {
  return `https://api.${site || 'watchdog.example'}${path}`;
}
//- /tools/watchdog/search-spans.ts
import { watchdogUrl } from './url';
export const searchSpans = {
  id: 'watchdog_search_spans',
  request: {
    url: (params) => watchdogUrl(params.site, '/api/v2/spans/events/search'),
    method: 'POST',
  },
};
export const now = (site) => fetch(watchdogUrl(site, '/api/v2/spans/events/search'), { method: 'POST' });
"#,
        expect![[r#"
            GET /api/[...all] at app/api/[...all]/route.ts:1:23
            POST /api/[...all] at app/api/[...all]/route.ts:2:23
            POST /api/v2/spans/events/search at app/api/v2/spans/events/search/route.ts:1:23
            --
        "#]],
    );
}

/// A request that the handler refuses is still a call of it: `pages/api` tells no methods.
#[test]
fn a_read_of_a_handler_that_only_takes_writes() {
    check(
        r#"
//- /pages/api/teams/[teamId]/groups/[groupId]/permissions.ts
export default async function handler(req, res) {
  if (req.method !== 'POST') {
    return res.status(405).json({ message: 'Method not allowed' });
  }
  res.status(200).end();
}
//- /lib/use-permissions.ts
import useSWR from 'swr';
export function usePermissions({ teamId, groupId }) {
  const { data, error } = useSWR<
    Permission[]
  >(
    teamId &&
      groupId &&
      `/api/teams/${teamId}/groups/${groupId}/permissions`,
    fetcher,
    { revalidateOnFocus: false },
  );
  return { data, error };
}
"#,
        expect![[r#"
            * /api/teams/[teamId]/groups/[groupId]/permissions at pages/api/teams/[teamId]/groups/[groupId]/permissions.ts:1:31
            --
            lib/use-permissions.ts:6:5 `teamId && groupId && `/api/teams/${teamId}/groups/${groupId}/permissions`` swr GET /api/teams/{teamId}/groups/{groupId}/permissions pattern -> * /api/teams/[teamId]/groups/[groupId]/permissions in pages/api/teams/[teamId]/groups/[groupId]/permissions.ts
        "#]],
    );
}

/// The hook's key is a function's answer: the path alone, an array that begins with it, or nothing.
#[test]
fn a_key_that_a_helper_makes_of_the_path() {
    check(
        r#"
//- /app/api/user/jobs/route.ts
export async function GET() {}
//- /lib/keys.ts
export function accountKey(
  path: string,
  account?: string | null,
) {
  if (account === undefined) return path;

  return account ? ([path, account] as const) : null;
}
//- /hooks/use-job.ts
import useSWR from 'swr';
import { accountKey } from '@/lib/keys';
export function useJob(account?: string | null) {
  return useSWR<Job>(
    accountKey("/api/user/jobs", account),
  );
}
"#,
        expect![[r#"
            GET /api/user/jobs at app/api/user/jobs/route.ts:1:23
            --
            hooks/use-job.ts:5:5 `accountKey("/api/user/jobs", account)` swr GET /api/user/jobs exact -> GET /api/user/jobs in app/api/user/jobs/route.ts
        "#]],
    );
}

/// It looks like a URL that is asked for: it is compared with keys, names what was fetched (a
/// `cache-key`), and requests nothing.
#[test]
fn a_predicate_over_cache_keys() {
    check(
        r#"
//- /app/api/links/route.ts
export async function GET() {}
//- /ui/move.tsx
import { mutate } from 'swr';
export async function move(links) {
  await mutate(
    (key) => typeof key === 'string' && key.startsWith('/api/links'),
    undefined,
    { revalidate: true },
  );
  const isLinks = (key) => key === '/api/links';
  await mutate((key) => isLinks(key));
}
"#,
        expect![[r#"
            GET /api/links at app/api/links/route.ts:1:23
            --
            ui/move.tsx:4:56 `'/api/links'` cache-key GET /api/links pattern -> GET /api/links in app/api/links/route.ts
        "#]],
    );
}

/// `/api` and the method come from a hook, whose functions call other functions of other files.
#[test]
fn a_prefix_inside_a_hook_of_the_project() {
    check(
        r#"
//- /app/api/sites/[siteId]/replays/[replayId]/route.ts
export async function GET() {}
export async function DELETE() {}
//- /app/api/sites/route.ts
export async function POST() {}
//- /lib/fetch.ts
export async function request(method, url, body, headers = {}) {
  return fetch(url, { method, cache: 'no-cache', headers, body });
}
export async function httpGet(path: string, params: object = {}, headers: object = {}) {
  return request('GET', withQuery(path, params), undefined, headers);
}
export async function httpPost(path, params, headers) {
  return request('POST', path, JSON.stringify(params), headers);
}
export async function httpDelete(path, params, headers) {
  return request('DELETE', withQuery(path, params), undefined, headers);
}
function withQuery(path, params) {
  const query = new URLSearchParams(params).toString();
  return query ? `${path}?${query}` : path;
}
//- /hooks/useApi.ts
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { httpDelete, httpGet, httpPost } from '@/lib/fetch';
export function useApi() {
  const basePath = process.env.basePath;
  const getUrl = (url: string) => {
    return url.startsWith('http') ? url : `${basePath || ''}/api${url}`;
  };
  const getHeaders = (headers: any = {}) => ({ ...headers });
  return {
    get: useCallback(
      async (url: string, params: object = {}, headers: object = {}) => {
        return httpGet(getUrl(url), params, getHeaders(headers)).then(handle);
      },
      [httpGet],
    ),
    post: useCallback(
      async (url, params = {}, headers = {}) => {
        return httpPost(getUrl(url), params, getHeaders(headers)).then(handle);
      },
      [httpPost],
    ),
    del: useCallback(
      async (url, params = {}, headers = {}) => {
        return httpDelete(getUrl(url), params, getHeaders(headers)).then(handle);
      },
      [httpDelete],
    ),
    useQuery,
    useMutation,
  };
}
//- /hooks/useReplay.ts
import { useApi } from './useApi';
export function useReplay(siteId: string, replayId: string) {
  const { get, del, post, useQuery, useMutation } = useApi();
  useMutation({ mutationFn: () => del(`/sites/${siteId}/replays/${replayId}`) });
  useMutation({ mutationFn: (data) => post('/sites', data) });
  return useQuery({
    queryKey: ['replay', { siteId, replayId }],
    queryFn: () => {
      return get(`/sites/${siteId}/replays/${replayId}`);
    },
    enabled: Boolean(siteId && replayId),
  });
}
"#,
        expect![[r#"
            GET /api/sites/[siteId]/replays/[replayId] at app/api/sites/[siteId]/replays/[replayId]/route.ts:1:23
            DELETE /api/sites/[siteId]/replays/[replayId] at app/api/sites/[siteId]/replays/[replayId]/route.ts:2:23
            POST /api/sites at app/api/sites/route.ts:1:23
            --
            hooks/useReplay.ts:4:39 ``/sites/${siteId}/replays/${replayId}`` fetch DELETE /api/sites/{siteId}/replays/{replayId} pattern -> DELETE /api/sites/[siteId]/replays/[replayId] in app/api/sites/[siteId]/replays/[replayId]/route.ts
            hooks/useReplay.ts:5:44 `'/sites'` fetch POST /api/sites pattern -> POST /api/sites in app/api/sites/route.ts
            hooks/useReplay.ts:9:18 ``/sites/${siteId}/replays/${replayId}`` fetch GET /api/sites/{siteId}/replays/{replayId} pattern -> GET /api/sites/[siteId]/replays/[replayId] in app/api/sites/[siteId]/replays/[replayId]/route.ts
        "#]],
    );
}

/// A word without a slash is a path because of what the function does with it in another file.
#[test]
fn a_path_without_a_leading_slash() {
    check(
        r#"
//- /app/api/chat-messages/route.ts
export async function POST() {}
//- /app/api/parameters/route.ts
export async function GET() {}
//- /app/api/talks/[talkId]/name/route.ts
export async function POST() {}
//- /config/index.ts
export const API_PREFIX = '/api'
//- /service/base.ts
import { API_PREFIX } from '@/config'
const baseOptions = { method: 'GET', mode: 'cors' }
const baseFetch = (url: string, fetchOptions: any, { needAllResponseContent }: Other) => {
  const options = Object.assign({}, baseOptions, fetchOptions)
  const urlPrefix = API_PREFIX
  let urlWithPrefix = `${urlPrefix}${url.startsWith('/') ? url : `/${url}`}`
  const { method, params, body } = options
  if (method === 'GET' && params) {
    const list: string[] = []
    if (urlWithPrefix.search(/\?/) === -1) { urlWithPrefix += `?${list.join('&')}` }
    else { urlWithPrefix += `&${list.join('&')}` }
  }
  return Promise.race([
    timeout(),
    new Promise((resolve, reject) => {
      globalThis.fetch(urlWithPrefix, options).then((res: any) => resolve(res)).catch(reject)
    }),
  ])
}
export const ssePost = (url: string, fetchOptions: any, { onData }: Other) => {
  const options = Object.assign({}, baseOptions, { method: 'POST' }, fetchOptions)
  const urlPrefix = API_PREFIX
  const urlWithPrefix = `${urlPrefix}${url.startsWith('/') ? url : `/${url}`}`
  globalThis.fetch(urlWithPrefix, options).then((res: any) => onData(res))
}
export const request = (url: string, options = {}, otherOptions?: Other) => {
  return baseFetch(url, options, otherOptions || {})
}
export const get = (url: string, options = {}, otherOptions?: Other) => {
  return request(url, Object.assign({}, options, { method: 'GET' }), otherOptions)
}
export const post = (url: string, options = {}, otherOptions?: Other) => {
  return request(url, Object.assign({}, options, { method: 'POST' }), otherOptions)
}
//- /service/index.ts
import { get, post, ssePost } from './base'
export const send = async (body, { onData }) => {
  return ssePost('chat-messages', {
    body: { ...body, mode: 'streaming' },
  }, { onData })
}
export const parameters = async () => get('parameters')
export const rename = async (id: string) => post(`talks/${id}/name`, { body: {} })
"#,
        expect![[r#"
            POST /api/chat-messages at app/api/chat-messages/route.ts:1:23
            GET /api/parameters at app/api/parameters/route.ts:1:23
            POST /api/talks/[talkId]/name at app/api/talks/[talkId]/name/route.ts:1:23
            --
            service/index.ts:3:18 `'chat-messages'` fetch POST /api/chat-messages exact -> POST /api/chat-messages in app/api/chat-messages/route.ts
            service/index.ts:7:43 `'parameters'` fetch GET /api/parameters exact -> GET /api/parameters in app/api/parameters/route.ts
            service/index.ts:8:50 ``talks/${id}/name`` fetch POST /api/talks/{id}/name pattern -> POST /api/talks/[talkId]/name in app/api/talks/[talkId]/name/route.ts
        "#]],
    );
}

/// The path is a member of an enum in another file, which also holds members that are no paths.
#[test]
fn an_imported_enum_of_paths() {
    check(
        r#"
//- /app/api/artifacts/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/[provider]/[...path]/route.ts
export { handle as GET, handle as POST };
const handle = async () => {};
//- /app/constant.ts
export enum Path {
  Home = '/',
  Artifacts = '/artifacts',
}
export enum ApiPath {
  Cors = '',
  OpenAI = '/api/openai',
  Artifacts = '/api/artifacts',
}
//- /app/components/artifacts.tsx
import { ApiPath, Path } from '@/app/constant';
export function Share({ id, code }) {
  const url = [location.origin, '#', Path.Artifacts, '/', id].join('');
  const upload = (code: string) =>
    id
      ? Promise.resolve({ id })
      : fetch(ApiPath.Artifacts, {
          method: 'POST',
          body: code,
        })
          .then((res) => res.json());
  const load = () => fetch(`${ApiPath.Artifacts}?id=${id}`);
  const models = () => fetch(`${ApiPath.OpenAI}/v1/models`);
}
"#,
        expect![[r#"
            GET /api/artifacts at app/api/artifacts/route.ts:1:23
            POST /api/artifacts at app/api/artifacts/route.ts:2:23
            GET /api/[provider]/[...path] at app/api/[provider]/[...path]/route.ts:1:20
            POST /api/[provider]/[...path] at app/api/[provider]/[...path]/route.ts:1:35
            --
            app/components/artifacts.tsx:7:15 `ApiPath.Artifacts` fetch POST /api/artifacts exact -> POST /api/artifacts in app/api/artifacts/route.ts
            app/components/artifacts.tsx:12:28 ``${ApiPath.Artifacts}?id=${id}`` fetch GET /api/artifacts exact -> GET /api/artifacts in app/api/artifacts/route.ts
            app/components/artifacts.tsx:13:30 ``${ApiPath.OpenAI}/v1/models`` fetch GET /api/openai/v1/models exact -> GET /api/[provider]/[...path] in app/api/[provider]/[...path]/route.ts
        "#]],
    );
}

/// The call site holds neither path nor method: they stand in an object that a function keeps, with
/// Next's own `[id]` in the path.
#[test]
fn a_contract_object_with_method_and_path() {
    check(
        r#"
//- /app/api/oauth/connections/route.ts
export async function GET() {}
export async function POST() {}
//- /app/api/bases/[id]/documents/route.ts
export async function GET() {}
export async function POST() {}
//- /lib/contracts/define.ts
export function defineContract<C>(contract: C): C {
  return contract;
}
//- /lib/contracts/index.ts
export * from './oauth';
export * from './documents';
//- /lib/contracts/oauth.ts
import { defineContract } from './define';
export const listConnections = defineContract({
  method: 'GET',
  path: '/api/oauth/connections',
  response: { mode: 'json', schema: z.object({}) },
});
//- /lib/contracts/documents.ts
import { defineContract } from './define';
export const addDocument = defineContract({
  method: 'POST',
  path: '/api/bases/[id]/documents',
  params: idSchema,
  response: { mode: 'json', schema: z.object({}) },
});
//- /lib/request.ts
export async function requestJson<C extends Contract>(
  contract: C,
  input: Input<C>
): Promise<Answer<C>> {
  if (contract.response.mode !== 'json') {
    throw new Error(`${contract.method} ${contract.path} answers no JSON`);
  }
  const params = parse(contract.params, input.params);
  const url = withQuery(replaceParams(contract.path, params), input.query);
  const hasBody = input.body !== undefined && contract.method !== 'GET';
  const response = await fetch(url, {
    method: contract.method,
    body: hasBody ? JSON.stringify(input.body) : undefined,
    signal: input.signal,
  });
  return response.json();
}
function replaceParams(path: string, params) {
  return path.replace(/\[([^\]]+)\]/g, (_, name) => encodeURIComponent(params[name]));
}
function withQuery(path: string, query) {
  const text = new URLSearchParams(query).toString();
  return text ? `${path}?${text}` : path;
}
//- /hooks/queries.ts
import { addDocument, listConnections } from '@/lib/contracts';
import { requestJson } from '@/lib/request';
export async function connections(signal) {
  const data = await requestJson(listConnections, { signal });
  return data.connections || [];
}
export const add = (id, body) => requestJson(addDocument, { params: { id }, body });
"#,
        expect![[r#"
            GET /api/oauth/connections at app/api/oauth/connections/route.ts:1:23
            POST /api/oauth/connections at app/api/oauth/connections/route.ts:2:23
            GET /api/bases/[id]/documents at app/api/bases/[id]/documents/route.ts:1:23
            POST /api/bases/[id]/documents at app/api/bases/[id]/documents/route.ts:2:23
            --
            lib/contracts/oauth.ts:4:9 `'/api/oauth/connections'` member GET /api/oauth/connections exact -> GET /api/oauth/connections in app/api/oauth/connections/route.ts
            lib/contracts/documents.ts:4:9 `'/api/bases/[id]/documents'` member POST /api/bases/[id]/documents exact -> POST /api/bases/[id]/documents in app/api/bases/[id]/documents/route.ts
            hooks/queries.ts:4:34 `listConnections` fetch GET /api/oauth/connections exact -> GET /api/oauth/connections in app/api/oauth/connections/route.ts
            hooks/queries.ts:7:46 `addDocument` fetch POST /api/bases/{id}/documents pattern -> POST /api/bases/[id]/documents in app/api/bases/[id]/documents/route.ts
        "#]],
    );
}

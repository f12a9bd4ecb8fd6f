; Question: What does this module export?
;
; Example:
;   export async function save() {}
;   export default handler;
;   export { a as b } from './b';
;   export * as all from './all';
;   export * from './star';
;
; Finds:
;   declaration: async function save() {}
;   default: handler
;   specifier: a as b
;   namespace: * as all
;   star: './star'

(export_statement declaration: (_) @declaration)
(export_statement value: (_) @default)
(export_statement (export_clause (export_specifier) @specifier))
(export_statement (namespace_export) @namespace)
(export_statement "*" source: (string) @star)

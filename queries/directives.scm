; Question: Which directives stand at the head of this module?
; A directive is a plain string statement before any other statement; the walk that follows
; checks that place, this query only finds the candidates.
;
; Example:
;   // a comment may come first
;   'use server' // one may follow
;   export async function save() { 'use server' }
;   const text = 'use server in a string';
;
; Finds:
;   module: 'use server'

(program (expression_statement (string) @module))

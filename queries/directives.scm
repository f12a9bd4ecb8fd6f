; Question: Which directives stand at the head of this module or of a function in it?
; A directive is a plain string statement before any other statement; the walk that follows
; checks that place, this query only finds the candidates.
;
; Example:
;   // a comment may come first
;   'use server'
;   export async function save() {}
;   const page = () => { async function inner() { "use server"; } }
;   const text = 'use server in a string';
;
; Finds:
;   module: 'use server'
;   function: "use server"

(program (expression_statement . (string) @module .))
(statement_block (expression_statement . (string) @function .))

; Question: Which directives stand at the head of a function in this module?
; Asked only of files that mention one behind the module's own; the place in the block is checked
; by the walk that follows.
;
; Example:
;   'use server';
;   const page = () => { async function inner() { "use server"; } }
;   const text = 'use server in a string';
;
; Finds:
;   function: "use server"

(statement_block (expression_statement (string) @function))

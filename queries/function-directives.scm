; Question: Which directives stand at the head of a function in this module?
; Asked only of files that mention one behind the module's own; the place in the block is checked
; by the walk that follows. (A pattern that names the block stays open until the block ends: in code
; that is nested thousands of functions deep, that takes quadratic time.)
;
; Example:
;   import db from './db';
;   const page = () => { async function inner() { "use server"; } }
;   const text = 'use server in a string';
;
; Finds:
;   function: "use server"

(expression_statement (string) @function)

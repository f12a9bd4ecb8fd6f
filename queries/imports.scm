; Question: Which names does this module import, and from where?
;
; Example:
;   import db, * as cart from './cart';
;   import { save as store, type Row } from "@/actions";
;   import './side-effect';
;
; Finds:
;   default: db
;   namespace: cart
;   named: save as store
;   named: type Row

(import_statement (import_clause (identifier) @default))
(import_statement (import_clause (namespace_import (identifier) @namespace)))
(import_statement (import_clause (named_imports (import_specifier) @named)))

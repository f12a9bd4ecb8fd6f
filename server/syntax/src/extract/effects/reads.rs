//! What is read: parts that are asked for by name, taken by patterns and members, or taken whole.

use super::{
    Function,
    held::{Held, Part, Step},
    known::Known,
};
use crate::{
    effects::Names,
    flat::{Field, Kind, NodeId},
};

impl Function<'_> {
    /// The names that patterns take: `const { title } = await request.json()`.
    pub fn patterns(&mut self) {
        for binding in self.declared().iter().filter(|b| b.in_pattern) {
            let Some(steps) = self.steps(binding) else { continue };
            let (mut held, rest) = self.base(binding, &steps, 0);
            for step in rest {
                match (held, step) {
                    (Held::Record(part), Step::Key(key)) => self.part(part).add(key, false),
                    (Held::Record(part), Step::Rest) => self.part(part).more = true,
                    (_, Step::Key(key)) => self.asked(held, key),
                    _ => {}
                }
                held = held.step(*step);
            }
        }
    }

    pub fn reads_of_call(&mut self, id: NodeId) {
        let flat = self.file.flat;
        let Some(callee) = flat.child(id, Field::Function).map(|f| flat.unwrapped(f)) else { return };
        match self.known.of(self.file, callee) {
            Some(Known::Request) => self.out.reads.request = true,
            Some(Known::Cookies | Known::Headers) => self.whole(id),
            _ => {}
        }
        let (Some(object), Some(method)) = (flat.child(callee, Field::Object), self.property(callee)) else { return };
        let held = self.held(object);
        match (held, method) {
            (Held::Request, "json") => {
                self.part(Part::Json);
                self.whole(id);
            }
            (Held::Request, "formData") => {
                self.part(Part::Form);
                self.whole(id);
            }
            (Held::Request, "text" | "arrayBuffer" | "blob" | "bytes") => self.out.reads.body = true,
            (Held::Store(part), "get" | "getAll" | "has") => self.named(part, id),
            (Held::Record(Part::Query), "get" | "getAll" | "has") => self.named(Part::Query, id),
            (Held::Store(part), "entries") => {
                self.part(part);
                self.whole(id);
            }
            (Held::Store(part), "forEach" | "keys" | "values" | "toString" | "toJSON" | "size") => {
                self.part(part).more = true;
            }
            _ => {}
        }
    }

    pub fn reads_of_member(&mut self, id: NodeId) {
        let flat = self.file.flat;
        let (Some(object), Some(key)) = (flat.child(id, Field::Object), self.property(id)) else { return };
        let held = self.held(object);
        match held {
            // what is called is a method of a list or a text, not a part
            Held::Record(_) if flat.get(id).field == Field::Function || key == "length" => {}
            Held::Record(part) => self.part(part).add(key, false),
            _ => {
                self.asked(held, key);
                self.whole(id);
            }
        }
    }

    /// A name that holds a record or store: is it taken whole?
    pub fn reads_of_name(&mut self, id: NodeId) {
        if matches!(self.held(id), Held::Record(_) | Held::Store(_)) {
            self.whole(id);
        }
    }

    /// What touches the request without a name: its URL and its body as a stream.
    fn asked(&mut self, held: Held, key: &str) {
        match (held, key) {
            (Held::Request, "body") => self.out.reads.body = true,
            (Held::Request, "url") | (Held::Url, "href" | "search" | "searchParams" | "origin") => {
                self.out.reads.request = true;
            }
            _ => {}
        }
    }

    /// `form.get('title')`
    fn named(&mut self, part: Part, call: NodeId) {
        let name = self.argument(call, 0).map(|a| self.reader.read(a));
        let file = part == Part::Form && self.is_file(call);
        let names = self.part(part);
        match name.as_ref().map(|name| name.as_text()) {
            Some(Some(text)) => names.add(text, file),
            _ => names.more = true,
        }
    }

    /// Everything is taken, if the value at that place goes somewhere as a whole.
    fn whole(&mut self, id: NodeId) {
        if let Held::Record(part) | Held::Store(part) = self.held(id)
            && self.is_taken_whole(id)
        {
            self.part(part).more = true;
        }
    }

    /// Whether a record leaves: as an argument, in a list or object, spread, returned. What checks it
    /// and gives it back is passed through.
    fn is_taken_whole(&self, id: NodeId) -> bool {
        let flat = self.file.flat;
        let mut at = id;
        for _ in 0..16 {
            let node = flat.get(at);
            let parent = node.parent;
            match (flat.kind(parent), node.field) {
                (Kind::Await, _) | (Kind::Ternary, Field::Consequence | Field::Alternative) => {}
                (Kind::Binary, _) if self.held(parent) != Held::Nothing => {}
                (Kind::Member, Field::Object) => {
                    let call = flat.parent(parent);
                    let is_promise = matches!(self.property(parent), Some("catch" | "finally"));
                    if !is_promise || flat.get(parent).field != Field::Function {
                        return false;
                    }
                    at = call;
                    continue;
                }
                (Kind::Arguments, _) => {
                    let call = flat.parent(parent);
                    if matches!(self.held(call), Held::Record(_) | Held::Store(_) | Held::Parsed(_)) {
                        at = call;
                        continue;
                    }
                    // a function of this file is looked into
                    let callee = flat.child(call, Field::Function);
                    return callee.is_none_or(|c| {
                        self.local_function(c).is_none()
                            && flat.child(c, Field::Object).is_none_or(|o| !self.is_global(o, "console"))
                    });
                }
                (Kind::Array, _) => {
                    let call = flat.parent(flat.parent(parent));
                    let callee = flat.child(call, Field::Function);
                    return callee.is_none_or(|c| flat.text_of(c) != "Promise.all");
                }
                (Kind::Spread | Kind::Object | Kind::Return | Kind::Template | Kind::Substitution, _)
                | (Kind::Pair, Field::Value)
                | (Kind::Arrow, Field::Body)
                | (Kind::ForIn, Field::Right) => return true,
                _ if flat.is_wrapper(parent) => {}
                _ => return false,
            }
            at = parent;
        }
        false
    }

    /// `form.get('photo') as File`, `photo instanceof Blob`
    fn is_file(&self, call: NodeId) -> bool {
        let flat = self.file.flat;
        let names_file =
            |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "File" | "Blob"));
        let mut at = call;
        while flat.is_wrapper(flat.parent(at)) {
            let (inner, outer) = (flat.range(at), flat.range(flat.parent(at)));
            let written = flat.text.get(inner.end as usize..outer.end as usize).unwrap_or_default();
            if names_file(written) {
                return true;
            }
            at = flat.parent(at);
        }
        let declarator = flat.parent(at);
        let Some(name) = flat.child(declarator, Field::Name).filter(|_| flat.get(at).field == Field::Value) else {
            return false;
        };
        let binding = self.declared_by(name);
        flat.child_of_kind(declarator, Kind::TypeAnnotation).is_some_and(|t| names_file(flat.text_of(t)))
            || self.references().filter(|(_, b)| Some(*b) == binding).any(|(id, _)| {
                let parent = flat.parent(id);
                let right = flat.child(parent, Field::Right).filter(|_| flat.kind(parent) == Kind::Binary);
                right.is_some_and(|r| flat.text_of(parent).contains("instanceof") && names_file(flat.text_of(r)))
                    || self.property(parent).is_some_and(|p| p == "arrayBuffer")
            })
    }

    fn part(&mut self, part: Part) -> &mut Names {
        let reads = &mut self.out.reads;
        let names = match part {
            Part::Params => &mut reads.params,
            Part::Query => &mut reads.query,
            Part::Json => &mut reads.json,
            Part::Form => &mut reads.form,
            Part::Cookies => &mut reads.cookies,
            Part::Headers => &mut reads.headers,
        };
        names.get_or_insert_default()
    }
}

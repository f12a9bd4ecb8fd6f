//! What an endpoint's function does, as far as its body says: what it reads of a request, what it
//! answers, what it changes. Only functions that can answer HTTP have such a row: exports named
//! after a method, exports of `"use server"` files, functions with a `"use server"` of their own.
//!
//! Everything here is told by bindings: imports, parameters by their place. What leaves the function
//! (`handle(request)`) is not looked into, and says so ([`Effects::opaque`]).

/// One function's effects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Indexes into `FileFacts::exports`: a function can answer under several names.
    pub exports: Vec<u32>,
    /// Index into `FileFacts::inline_actions`, where it has a directive of its own.
    pub inline_action: Option<u32>,
    /// What it reads of the request.
    pub reads: Reads,
    /// What it answers.
    pub answers: Answers,
    /// Where it sends the caller, each once.
    pub redirects: Vec<Target>,
    /// What it makes stale, each once.
    pub revalidates: Vec<Revalidated>,
    /// The cookies that it sets.
    pub sets_cookies: Option<Names>,
    /// The cookies that it deletes.
    pub deletes_cookies: Option<Names>,
    /// It calls functions of other files, or hands the request to somebody: they may do more.
    pub opaque: bool,
}

/// What a function reads. `None`: nothing of that kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reads {
    /// The dynamic segments of its URL.
    pub params: Option<Names>,
    /// `searchParams`
    pub query: Option<Names>,
    /// The body as JSON.
    pub json: Option<Names>,
    /// The body, or an argument, as `FormData`.
    pub form: Option<Names>,
    /// The body as text or bytes.
    pub body: bool,
    /// Cookies of the request.
    pub cookies: Option<Names>,
    /// Headers of the request.
    pub headers: Option<Names>,
    /// Anything else that only a request has: its URL, draft mode, `connection()`.
    pub request: bool,
}

/// Names that are read or set, in the order of their first mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    /// Those written out.
    pub fields: Vec<Field>,
    /// There are more: computed ones, or the whole was taken.
    pub more: bool,
}

/// A named part.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Box<str>,
    /// The code takes it for a file (`as File`, `instanceof Blob`).
    pub file: bool,
}

/// The statuses of a function's answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// Those written out, in ascending order.
    pub statuses: Vec<u16>,
    /// It returns something about which nothing is known, too.
    pub others: bool,
}

/// A path or tag; what isn't text stands in it as `{expression}`. `None` where nothing is text.
pub type Target = Option<Box<str>>;

/// Something that becomes stale.
#[derive(Clone, Debug, PartialEq)]
pub struct Revalidated {
    /// By which function.
    pub by: Revalidation,
    /// Which path or tag.
    pub target: Target,
}

/// How something becomes stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revalidation {
    /// `revalidatePath`
    Path,
    /// `revalidateTag`
    Tag,
    /// `updateTag`: at once.
    Update,
    /// `refresh`: what the caller sees.
    Refresh,
}

impl Names {
    /// Adds a name, unless it is there.
    pub(crate) fn add(&mut self, name: &str, file: bool) {
        match self.fields.iter_mut().find(|f| &*f.name == name) {
            Some(field) => field.file |= file,
            None => self.fields.push(Field { name: name.into(), file }),
        }
    }
}

impl Reads {
    /// Whether it reads anything that only a request has, its URL's own segments aside.
    #[must_use]
    pub fn needs_request(&self) -> bool {
        let Self { params: _, query, json, form, body, cookies, headers, request } = self;
        [query, json, form, cookies, headers].iter().any(|read| read.is_some()) || *body || *request
    }
}

impl Effects {
    /// Nothing worth a row was found.
    pub(crate) fn is_nothing(&self) -> bool {
        let Self { exports: _, inline_action: _, reads, answers, redirects, revalidates, .. } = self;
        !self.opaque
            && *reads == Reads::default()
            && *answers == Answers::default()
            && redirects.is_empty()
            && revalidates.is_empty()
            && self.sets_cookies.is_none()
            && self.deletes_cookies.is_none()
    }
}

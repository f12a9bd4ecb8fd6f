//! A GET that is answered for each request because another method stands beside it would be answered at build
//! time once that is gone (`hasNonStaticMethods` in server/route-modules/app-route/module.ts).

use next::{Method, Rendering};

use super::Subject;
use crate::{
    convert::{Refusal, draft::Draft, moved::import_place},
    hover::effects::{when, when_without},
};

/// The comment above it, by which the way back knows it.
pub(super) fn said(method: Method) -> String {
    format!("// GET is answered for each request, as it was beside {method}.")
}

/// Has the file say what the method that leaves it said by being there.
pub(super) fn keep(subject: &Subject, draft: &mut Draft) -> Result<(), Refusal> {
    let (snap, app, file) = (subject.snap, &subject.app, subject.source.file);
    let endpoints = snap.endpoints(file);
    let Some(get) = endpoints.iter().find(|e| !e.implicit && e.method == Some(Method::Get)) else { return Ok(()) };
    let is_dynamic = |seen: Option<Rendering>| seen == Some(Rendering::Dynamic);
    if !is_dynamic(when(snap, get, app)) || is_dynamic(when_without(snap, get, app, Some(subject.method()))) {
        return Ok(());
    }
    if subject.facts.export("dynamic").is_some() {
        let text = format!("without it GET {} would be answered at build time", subject.url());
        return Err(subject.refusal("get-at-build", text, get.range));
    }
    let line =
        subject.anatomy.style.dress(&format!("{}\nexport const dynamic = 'force-dynamic';", said(subject.method())));
    let has_imports = subject.anatomy.module.imports().next().is_some();
    let text = if has_imports { format!("\n{line}\n") } else { format!("{line}\n\n") };
    draft.edit(subject.source, import_place(subject.source, subject.anatomy), text);
    draft.note_at(
        file,
        get.range,
        "It is answered for each request, as it was beside another method: dynamic says so now",
    );
    Ok(())
}

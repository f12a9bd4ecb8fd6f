//! From a use of a binding to the action that it stands for.

use syntax::{
    facts::{FileFacts, Imported, Use, UseKind, Used},
    flow::Taken,
};

use crate::{
    endpoint::{Certainty, EndpointId, EndpointKind, Link},
    follow::{Followed, Walk},
    paths::FileId,
    snapshot::Snapshot,
};

/// What a use of a binding reaches; `None` when it is no endpoint.
pub(crate) fn link_use(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    used: &Use,
    depends_on: &mut Vec<FileId>,
) -> Option<Link> {
    let target = target(snap, file, facts, &used.used, used.member.as_deref(), depends_on)?;
    let id = action(snap, &target, depends_on)?;
    Some(Link {
        range: if matches!(target, Target::Member(..)) { used.range } else { used.head },
        kind: kind_name(used.kind),
        method: Some("POST".into()),
        url: None,
        certainty: Certainty::Exact,
        targets: vec![id],
    })
}

/// The action that a value is; `None` for all others, for parameters, and for members of functions.
pub(crate) fn taken_action(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    taken: &Taken,
    depends_on: &mut Vec<FileId>,
) -> Option<EndpointId> {
    let target = target(snap, file, facts, &taken.used, taken.member.as_deref(), depends_on)?;
    if taken.member.is_some() && !matches!(target, Target::Member(..)) {
        return None;
    }
    action(snap, &target, depends_on)
}

fn target(
    snap: &Snapshot,
    file: FileId,
    facts: &FileFacts,
    used: &Used,
    member: Option<&str>,
    depends_on: &mut Vec<FileId>,
) -> Option<Target> {
    let mut walk = Walk::new(snap);
    let followed = match used {
        Used::Export(export) => return Some(Target::Export(file, *export)),
        Used::InlineAction(action) => return Some(Target::Inline(file, *action)),
        Used::Parameter(_) => return None,
        Used::Import(import) => {
            let import = facts.imports.get(*import as usize)?;
            walk.import(file, facts.specifier(import.specifier)?, &import.imported)
        }
        Used::Module(specifier) => walk.import(file, facts.specifier(*specifier)?, &Imported::Namespace),
    };
    let target = followed.and_then(|followed| taken(&mut walk, followed, member));
    depends_on.extend(&walk.through);
    target
}

fn action(snap: &Snapshot, target: &Target, depends_on: &mut Vec<FileId>) -> Option<EndpointId> {
    match *target {
        Target::Export(file, export) | Target::Member(file, export) => {
            action_by(snap, file, |e| e.export == Some(export), depends_on)
        }
        Target::Inline(file, action) => action_by(snap, file, |e| e.inline_action == Some(action), depends_on),
    }
}

/// What a use of a binding stands on.
enum Target {
    /// The binding is this export.
    Export(FileId, u32),
    /// The binding's member is.
    Member(FileId, u32),
    /// The binding is this inline action.
    Inline(FileId, u32),
}

fn taken(walk: &mut Walk, followed: Followed, member: Option<&str>) -> Option<Target> {
    match (followed, member) {
        (Followed::Export(file, export), _) => Some(Target::Export(file, export)),
        (Followed::Module(_), Some(member)) => match walk.member(followed, member)? {
            Followed::Export(file, export) => Some(Target::Member(file, export)),
            Followed::Module(_) => None,
        },
        (Followed::Module(_), None) => None,
    }
}

fn action_by(
    snap: &Snapshot,
    file: FileId,
    is: impl Fn(&crate::Endpoint) -> bool,
    depends_on: &mut Vec<FileId>,
) -> Option<EndpointId> {
    let declared = snap.declared(file);
    depends_on.extend(declared.through.iter());
    let index = declared.endpoints.iter().position(|e| e.kind == EndpointKind::Action && is(e))?;
    Some(EndpointId { file, index: index as u32 })
}

pub(crate) const fn kind_name(kind: UseKind) -> &'static str {
    match kind {
        UseKind::Call => "call",
        UseKind::Bind => "bind",
        UseKind::Hook => "hook",
        UseKind::Argument => "argument",
        UseKind::FormAction => "form-action",
        UseKind::Prop => "prop",
        UseKind::Element => "element",
        UseKind::Member => "member",
        UseKind::Alias => "alias",
        UseKind::Mention => "mention",
    }
}

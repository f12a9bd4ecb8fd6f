//! From a use of a binding to the action that it stands for.

use syntax::facts::{FileFacts, Imported, Use, UseKind, Used};

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
    let mut walk = Walk::new(snap);
    let target = match &used.used {
        Used::Export(export) => Target::Export(file, *export),
        Used::InlineAction(action) => Target::Inline(file, *action),
        Used::Import(import) => {
            let import = facts.imports.get(*import as usize)?;
            let followed = walk.import(file, facts.specifier(import.specifier)?, &import.imported);
            depends_on.extend(&walk.through);
            taken(&mut walk, followed?, used)?
        }
        Used::Module(specifier) => {
            let followed = walk.import(file, facts.specifier(*specifier)?, &Imported::Namespace);
            depends_on.extend(&walk.through);
            taken(&mut walk, followed?, used)?
        }
    };
    depends_on.extend(&walk.through);
    let (id, on_member) = match target {
        Target::Export(file, export) => (action_by(snap, file, |e| e.export == Some(export), depends_on)?, false),
        Target::Member(file, export) => (action_by(snap, file, |e| e.export == Some(export), depends_on)?, true),
        Target::Inline(file, action) => {
            (action_by(snap, file, |e| e.inline_action == Some(action), depends_on)?, false)
        }
    };
    Some(Link {
        range: if on_member { used.range } else { used.head },
        kind: kind_name(used.kind),
        method: Some("POST".into()),
        url: None,
        certainty: Certainty::Exact,
        targets: vec![id],
    })
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

fn taken(walk: &mut Walk, followed: Followed, used: &Use) -> Option<Target> {
    match (followed, &used.member) {
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

const fn kind_name(kind: UseKind) -> &'static str {
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

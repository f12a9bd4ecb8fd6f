//! Functions of the workspace that a handler calls with its request, or for its answers: they are looked
//! into, and where they read headers only and answer plainly, they are no obstacle.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Answer, Handler, Helper, Made, ObstacleKind, Says, Status},
    facts::Imported,
};
use workspace::{Followed, Snapshot};

use super::{Aim, Source};

/// An argument that was the request: its place, and the type that is wanted there.
pub(super) type Stand = (TextRange, Box<str>);

/// Takes the obstacles off a handler that are none; what stands for the request then.
pub(super) fn look_into(
    snap: &Snapshot,
    source: &Source,
    anatomy: &Anatomy,
    handler: &mut Handler,
    aim: Aim,
) -> Vec<Stand> {
    let mut stands = vec![];
    for handed in std::mem::take(&mut handler.handed) {
        let Some(helper) = helper(snap, source, anatomy, &handed.callee) else { continue };
        let Some(Some(ty)) = helper.reads_headers.get(handed.index) else { continue };
        let is_known = &**ty == "Request" || (&**ty == "NextRequest" && anatomy.module.declaring(ty).is_some());
        if is_known || !source.is_typed() {
            handler.obstacles.retain(|o| o.kind != ObstacleKind::Request || o.range != handed.range);
            stands.push((handed.range, ty.clone()));
        }
    }
    for made in std::mem::take(&mut handler.made_elsewhere) {
        let helper = helper(snap, source, anatomy, &made.callee).filter(|_| aim == Aim::Instead);
        // a promise that isn't waited for fails behind the `try` that it is returned from
        let is_plain = |helper: &Helper| helper.answers_plainly && helper.is_async == made.is_awaited;
        if helper.as_ref().is_some_and(is_plain) {
            handler.obstacles.retain(|o| o.kind != ObstacleKind::Answer || o.range != made.range);
            handler.answers.push(Answer {
                range: made.range,
                says: Says::Elsewhere(made.range),
                status: Status::Written(made.range),
                is_arrow_body: made.is_arrow_body,
                made: Made::default(),
            });
        }
    }
    handler.answers.sort_by_key(|answer| answer.range.start);
    stands
}

/// The function that a name means, here or where it is imported from.
fn helper(snap: &Snapshot, source: &Source, anatomy: &Anatomy, name: &str) -> Option<Helper> {
    let statement = anatomy.module.statements.get(anatomy.module.declaring(name)?)?;
    let import = anatomy.module.imports().find(|(_, import)| import.named.iter().any(|one| &*one.local == name));
    let Some((_, import)) = import else { return anatomy.helper(statement.range) };
    let one = import.named.iter().find(|one| &*one.local == name)?;
    let wanted = Imported::Name((&*one.imported).into());
    let Some(Followed::Export(file, export)) = snap.follow_import(source.file, &import.specifier, &wanted) else {
        return None;
    };
    if workspace::is_dependency(&snap.path(file)) {
        return None;
    }
    let facts = snap.facts(file)?;
    let source = Source::read(snap, file).ok()?;
    let anatomy = Anatomy::new(&source.text, source.grammar).filter(|a| !a.is_broken())?;
    let range = facts.exports.get(export as usize)?.range;
    let statement = anatomy.module.statements.get(anatomy.module.around(range)?)?;
    let declared = statement.declares.first().filter(|_| statement.declares.len() == 1)?;
    let overloads = anatomy.module.statements.iter().filter(|s| s.declares.contains(declared)).count();
    if overloads == 1 { anatomy.helper(statement.range) } else { None }
}

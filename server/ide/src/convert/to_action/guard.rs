//! The comparison of `Origin` with `Host` that a conversion puts in front of a handler: Next does that for
//! actions by itself, so it goes.

use syntax::{
    TextRange,
    anatomy::{Anatomy, Handler},
};

use crate::convert::{
    thin::bare,
    written::{GUARD, guard_line, same_origin},
};

/// Takes the guard off a handler that begins with it, if it is the one that conversions write.
pub(super) fn take_off(anatomy: &Anatomy, handler: &mut Handler, typed: bool) {
    let Some(guard) = found(anatomy, handler, typed) else { return };
    handler.obstacles.retain(|obstacle| !guard.covers(obstacle.range));
    handler.handed.retain(|handed| !guard.covers(handed.range));
    handler.answers.retain(|answer| !guard.covers(answer.range));
    handler.function.returns.retain(|returned| !guard.covers(returned.range));
    handler.spent.push(guard);
    handler.spent.sort();
}

fn found(anatomy: &Anatomy, handler: &Handler, typed: bool) -> Option<TextRange> {
    let helper = anatomy.module.statements.get(anatomy.module.declaring(GUARD)?)?;
    let request = handler.function.parameters.first()?.name.as_deref()?;
    let body = anatomy.slice(handler.function.body).strip_prefix('{')?;
    let line = body.trim_start().lines().next()?.trim_end();
    let start = handler.function.body.start + 1 + (body.len() - body.trim_start().len()) as u32;
    let is_it =
        bare(line) == bare(&guard_line(request)) && bare(anatomy.slice(helper.range)) == bare(&same_origin(typed));
    is_it.then(|| TextRange::new(start, start + line.len() as u32))
}

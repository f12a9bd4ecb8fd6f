//! An edit links again what depends on it, and nothing else.

use fixture::{Fixture, Project};
use syntax::{Encoding, document::Edit};
use workspace::World;

const FILES: &str = r#"
//- /actions.ts
'use server';
export async function save() {}
export async function remove() {}
//- /ui/form.tsx
import { Inner } from './inner';
export function Form({ onSave, go }) { onSave(1); return <Inner run={go} />; }
//- /ui/inner.tsx
export const Inner = ({ run }) => <form action={run} />;
//- /app/page.tsx
import { save, remove } from '@/actions';
import { Form } from '@/ui/form';
export default () => <Form onSave={save} />;
//- /app/other/page.tsx
import { save } from '@/actions';
import { Form } from '@/ui/form';
export default () => <Form onSave={save} />;
//- /lib/a.ts
import { save } from '@/actions';
save();
"#;

struct Session {
    project: Project,
    world: World,
}

impl Session {
    fn new() -> Self {
        let project = Fixture::parse(FILES).write();
        let mut world = World::new();
        world.set_folders(vec![project.root.clone()]);
        let scanned = world.scan().run(1, &|_| {});
        world.adopt(scanned);
        Self { project, world }
    }

    /// Replaces text in a buffer; how many files were linked again.
    fn replace(&mut self, path: &str, from: &str, to: &str) -> usize {
        let path = self.project.path(path);
        let snap = self.world.snapshot();
        let text = snap.text(snap.file(&path).unwrap()).unwrap();
        assert!(text.contains(from), "{from} in {text}");
        self.world.open(&path, &text);
        let edit = Edit { range: None, text: text.replacen(from, to, 1) };
        self.world.edit(&path, &[edit], Encoding::Utf16);
        self.world.snapshot().relinked()
    }

    /// How many links a file has.
    fn links(&self, path: &str) -> usize {
        let snap = self.world.snapshot();
        snap.links(snap.file(&self.project.path(path)).unwrap()).len()
    }
}

#[test]
fn inside_a_body_only_the_file_itself() {
    for (path, from, to) in [
        ("/actions.ts", "save() {}", "save() { return 1; }"),
        ("/ui/form.tsx", "onSave(1);", "log(2); onSave(1);"),
        ("/ui/inner.tsx", "<form action={run} />", "<div><form action={run} /></div>"),
        ("/app/page.tsx", "<Form onSave={save} />", "<b><Form onSave={save} /></b>"),
        ("/lib/a.ts", "save();", "save(1);"),
    ] {
        assert_eq!(Session::new().replace(path, from, to), 1, "{path}");
    }
}

#[test]
fn a_prop_relinks_its_receivers() {
    let mut session = Session::new();
    assert_eq!((session.links("/ui/form.tsx"), session.links("/ui/inner.tsx")), (1, 0));
    // The page, the component, and the one that this hands it on to.
    assert_eq!(session.replace("/app/page.tsx", "onSave={save}", "onSave={save} go={remove}"), 3);
    assert_eq!((session.links("/ui/form.tsx"), session.links("/ui/inner.tsx")), (2, 1));
    // Where it ends, what came of it ends.
    assert_eq!(session.replace("/app/page.tsx", " go={remove}", ""), 3);
    assert_eq!((session.links("/ui/form.tsx"), session.links("/ui/inner.tsx")), (1, 0));
    // The other page gives the same: nothing changes for the component.
    assert_eq!(session.replace("/app/page.tsx", " onSave={save}", ""), 1);
    assert_eq!(session.links("/ui/form.tsx"), 1);
}

#[test]
fn handing_on_relinks_what_is_reached() {
    let mut session = Session::new();
    assert_eq!(session.replace("/ui/form.tsx", "run={go}", "run={onSave}"), 2);
    assert_eq!(session.links("/ui/inner.tsx"), 1);
    // A component under another name: both pages look for it again, and nothing arrives any more.
    assert_eq!(session.replace("/ui/form.tsx", "function Form", "function Card"), 4);
    assert_eq!((session.links("/ui/form.tsx"), session.links("/ui/inner.tsx")), (0, 0));
}

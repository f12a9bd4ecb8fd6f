use super::*;
use std::collections::BTreeMap;

/// Every path below a folder with its bytes; `None` for folders.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            found.extend(tree(&path));
            found.insert(path, None);
        } else {
            found.insert(path.clone(), Some(fs::read(&path).unwrap()));
        }
    }
    found
}

fn before() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let root = dunce::canonicalize(dir.path()).unwrap();
    fs::create_dir(root.join("app")).unwrap();
    for (name, text) in [("app/actions.ts", "old\r\n"), ("app/form.tsx", "form\n"), ("app/gone.ts", "gone\n")] {
        fs::write(root.join(name), text).unwrap();
    }
    (dir, root)
}

fn deeds(root: &Path) -> Vec<Deed> {
    vec![
        Deed::Create { path: root.join("app/api/create-post/route.ts"), bytes: b"route".to_vec() },
        Deed::Create { path: root.join("app/api/create-post/client.ts"), bytes: b"client".to_vec() },
        Deed::Replace { path: root.join("app/actions.ts"), old: b"old\r\n".to_vec(), bytes: b"new\r\n".to_vec() },
        Deed::Replace { path: root.join("app/form.tsx"), old: b"form\n".to_vec(), bytes: b"changed\n".to_vec() },
        Deed::Remove { path: root.join("app/gone.ts"), old: b"gone\n".to_vec() },
    ]
}

#[test]
fn all_of_it() {
    let (_dir, root) = before();
    write(&deeds(&root)).unwrap();
    let names: Vec<String> = tree(&root)
        .into_iter()
        .filter_map(|(path, bytes)| {
            Some(format!(
                "{} {}",
                path.strip_prefix(&root).unwrap().display(),
                String::from_utf8(bytes?).unwrap().trim()
            ))
        })
        .collect();
    assert_eq!(
        names,
        [
            "app/actions.ts new",
            "app/api/create-post/client.ts client",
            "app/api/create-post/route.ts route",
            "app/form.tsx changed"
        ]
    );
}

/// Whichever step fails, everything is as it was: files, folders, nothing temporary.
#[test]
fn or_none() {
    let steps = {
        let (_dir, root) = before();
        let mut steps = 0;
        write_with(&deeds(&root), &mut |_| {
            steps += 1;
            Ok(())
        })
        .unwrap();
        steps
    };
    assert_eq!(steps, 14);
    for failing in 0..steps {
        let (_dir, root) = before();
        let was = tree(&root);
        let mut step = 0;
        let failure = write_with(&deeds(&root), &mut |_| {
            step += 1;
            if step > failing { Err(io::Error::other("disk full")) } else { Ok(()) }
        });
        let text = failure.unwrap_err().text;
        assert!(text.ends_with(" can't be written (disk full): nothing was changed"), "{text}");
        assert_eq!(tree(&root), was, "step {failing}");
    }
}

#[test]
fn somebody_else_was_quicker() {
    for (name, text) in [
        ("app/actions.ts", "app/actions.ts can't be written (it has changed in the meantime): nothing was changed"),
        ("app/gone.ts", "app/gone.ts can't be written (it has changed in the meantime): nothing was changed"),
        (
            "app/api/create-post/client.ts",
            "app/api/create-post/client.ts can't be written (file exists): nothing was changed",
        ),
    ] {
        // before anything is prepared, and in between
        for late in [false, true] {
            let (_dir, root) = before();
            let path = root.join(name);
            let mut mine = Some(path.clone()).filter(|_| late);
            let write_it = |path: &Path| {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "mine").unwrap();
            };
            if !late {
                write_it(&path);
            }
            let mut left = 8;
            let failure = write_with(&deeds(&root), &mut |_| {
                left -= 1;
                if left == 0 {
                    mine.take().iter().for_each(|path| write_it(path));
                }
                Ok(())
            });
            let said = failure.unwrap_err().text.replace(&format!("{}/", root.display()), "");
            assert_eq!(said.replace("entity already exists", "file exists"), text);
            assert_eq!(fs::read(&path).unwrap(), b"mine");
            let mut now = tree(&root);
            now.remove(&path);
            assert_eq!(now.values().flatten().count(), 3 - usize::from(!name.contains("api")), "{now:?}");
            assert!(now.keys().all(|path| !path.to_string_lossy().contains(".routewright")), "{now:?}");
        }
    }
}

#[test]
fn a_file_where_a_folder_should_be() {
    let (_dir, root) = before();
    fs::write(root.join("app/api"), "a file").unwrap();
    let was = tree(&root);
    let text = write(&deeds(&root)).unwrap_err().text;
    assert!(text.ends_with(": nothing was changed"), "{text}");
    assert_eq!(tree(&root), was);
}

#[cfg(unix)]
#[test]
fn a_folder_that_must_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let (_dir, root) = before();
    let app = root.join("app");
    fs::set_permissions(&app, fs::Permissions::from_mode(0o555)).unwrap();
    // whoever may write everything can't see this fail
    if fs::write(app.join("probe"), "").is_err() {
        let was = tree(&root);
        let text = write(&deeds(&root)).unwrap_err().text;
        assert!(text.ends_with("(permission denied): nothing was changed"), "{text}");
        assert_eq!(tree(&root), was);
    }
    fs::set_permissions(&app, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let (_dir, root) = before();
    let real = root.join("app/form.tsx");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    fs::create_dir(root.join("links")).unwrap();
    symlink(&real, root.join("links/form.tsx")).unwrap();
    let deed = Deed::Replace { path: root.join("links/form.tsx"), old: b"form\n".to_vec(), bytes: b"new\n".to_vec() };
    write(&[deed]).unwrap();
    assert!(root.join("links/form.tsx").is_symlink());
    assert_eq!(fs::read(&real).unwrap(), b"new\n");
    let about = fs::metadata(&real).unwrap();
    assert_eq!((about.mode() & 0o777, about.nlink()), (0o640, 1));
}

//! Screens that tests saw, kept for people: `target/editors/screens/EDITOR-WHAT.txt`.

use super::screen::Screen;
use crate::tree;
use std::fs;
use std::path::PathBuf;

/// Where they are.
pub fn folder() -> PathBuf {
    tree::root().join("target/editors/screens")
}

/// Keeps what is on the screen now.
pub fn keep(editor: &str, what: &str, screen: &Screen) -> anyhow::Result<()> {
    fs::create_dir_all(folder())?;
    fs::write(folder().join(format!("{editor}-{what}.txt")), screen.text())?;
    Ok(())
}

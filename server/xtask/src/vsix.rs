//! The extension for VS Code as a file: `npm run package` in `editors/vscode`.

use crate::pack::VERSION;
use crate::{npm, tree};
use std::path::{Path, PathBuf};

/// Makes it in `out`, with this binary inside; `platform` is VS Code's name, such as `linux-x64`.
pub fn pack(platform: &str, binary: &Path, out: &Path) -> anyhow::Result<PathBuf> {
    let file = out.join(format!("routewright-{platform}-{VERSION}.vsix"));
    install()?;
    let (binary, to) = (binary.to_string_lossy(), file.to_string_lossy());
    npm::run(
        &folder(),
        &["run", "--silent", "package", "--", "--target", platform, "--binary", &binary, "--out", &to],
    )?;
    Ok(file)
}

/// What its own types and tests say.
pub fn check() -> anyhow::Result<()> {
    install()?;
    npm::run(&folder(), &["run", "--silent", "check"])
}

fn install() -> anyhow::Result<()> {
    // what is there may be another lock file's
    npm::ci(&folder(), &["--ignore-scripts"])
}

fn folder() -> PathBuf {
    tree::root().join("editors/vscode")
}

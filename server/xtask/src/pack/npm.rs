//! The npm packages: one with the launcher (`editors/npm`), one for each platform with the binary.

use super::VERSION;
use super::platform::Platform;
use crate::{npm, tree};
use anyhow::Context;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Makes both tarballs in `out`.
pub fn pack(platform: &Platform, binary: &Path, out: &Path) -> anyhow::Result<[PathBuf; 2]> {
    let staged = out.join("npm");
    let own = staged.join(platform.npm);
    fs::create_dir_all(own.join("bin"))?;
    fs::write(own.join("package.json"), format!("{:#}\n", manifest(platform)))?;
    fs::write(
        own.join("README.md"),
        format!("The binary of [routewright](https://www.npmjs.com/package/routewright) for {}.\n", platform.triple),
    )?;
    fs::copy(binary, own.join("bin").join(platform.program())).with_context(|| binary.display().to_string())?;
    let main = staged.join("routewright");
    fs::create_dir_all(main.join("bin"))?;
    for file in ["package.json", "README.md", "bin/routewright.js"] {
        fs::copy(tree::root().join("editors/npm").join(file), main.join(file)).context(file)?;
    }
    for folder in [&own, &main] {
        for license in ["LICENSE-MIT", "LICENSE-APACHE"] {
            fs::copy(tree::root().join(license), folder.join(license)).context(license)?;
        }
        npm::run(folder, &["pack", "--silent", "--pack-destination", &out.canonicalize()?.to_string_lossy()])?;
    }
    fs::remove_dir_all(&staged)?;
    let tarball = |name: &str| out.join(format!("{name}-{VERSION}.tgz"));
    Ok([tarball("routewright"), tarball(&format!("routewright-{}", platform.npm))])
}

/// Installs the tarballs into a new project, as one would from the registry, and answers with the
/// command that is there now.
pub fn install(platform: &Platform, tarballs: &[PathBuf], project: &Path) -> anyhow::Result<PathBuf> {
    if project.exists() {
        fs::remove_dir_all(project)?;
    }
    fs::create_dir_all(project)?;
    fs::write(project.join("package.json"), "{ \"private\": true }\n")?;
    let files: Vec<String> = tarballs
        .iter()
        .map(|file| file.canonicalize().map(|p| p.to_string_lossy().into_owned()))
        .collect::<Result<_, _>>()?;
    let mut arguments = vec!["install", "--ignore-scripts"];
    arguments.extend(npm::QUIET);
    // a static binary is tried where another libc is, too
    let libc = platform.needs.2.map(|libc| format!("--libc={libc}"));
    arguments.extend(libc.as_deref());
    arguments.extend(files.iter().map(String::as_str));
    npm::run(project, &arguments)?;
    Ok(project.join("node_modules/.bin").join(if cfg!(windows) { "routewright.cmd" } else { "routewright" }))
}

fn manifest(platform: &Platform) -> Value {
    let (os, cpu, libc) = platform.needs;
    let mut manifest = json!({
        "name": format!("@routewright/{}", platform.npm),
        "version": VERSION,
        "description": format!("The binary of routewright for {}.", platform.triple),
        "license": "MIT OR Apache-2.0",
        "homepage": "https://github.com/routewright/routewright#readme",
        "repository": { "type": "git", "url": "git+https://github.com/routewright/routewright.git", "directory": "editors/npm" },
        "os": [os],
        "cpu": [cpu],
        "files": ["bin"],
        "preferUnplugged": true,
    });
    if let Some(libc) = libc {
        manifest["libc"] = json!([libc]);
    }
    manifest
}

#[cfg(test)]
mod tests {
    use super::super::platform::ALL;
    use super::*;

    #[test]
    fn the_launcher_depends_on_every_platform() {
        let text = fs::read_to_string(tree::root().join("editors/npm/package.json")).unwrap();
        let manifest: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(manifest["version"], VERSION);
        let wanted: Value = ALL.iter().map(|p| (format!("@routewright/{}", p.npm), json!(VERSION))).collect();
        assert_eq!(manifest["optionalDependencies"], wanted);
    }
}

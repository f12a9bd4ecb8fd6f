//! `cargo xtask install --vscode|--neovim|--helix`: from a checkout to an editor that has it. Prints each
//! step, changes no file of the person's that it can't add to, and says what is left to do then.

use crate::{pack, tree, vsix};
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// `cargo xtask install …`.
#[derive(clap::Args)]
#[group(required = true, multiple = true)]
pub struct Args {
    /// The extension, into the VS Code that is on the PATH: `code`, `codium`, `cursor`, `windsurf` or
    /// `code-server`.
    #[arg(long)]
    vscode: bool,
    /// The plugin, as a package of Neovim's.
    #[arg(long)]
    neovim: bool,
    /// The language server, into Helix's `languages.toml`.
    #[arg(long)]
    helix: bool,
}

/// Runs the task.
pub fn run(args: &Args) -> anyhow::Result<()> {
    if args.vscode {
        vscode()?;
    }
    if args.neovim || args.helix {
        // both start what is on the PATH
        let arguments = ["install", "--quiet", "--locked", "--force", "--path", "server/routewright"];
        println!("cargo {}", arguments.join(" "));
        ensure!(tree::cargo(&arguments).status().context("cannot start cargo")?.success(), "that failed");
        if !is_on_path("routewright") {
            println!("  its folder isn't on the PATH: add ~/.cargo/bin");
        }
    }
    if args.neovim {
        neovim()?;
    }
    if args.helix {
        helix(&helix_languages()?)?;
    }
    Ok(())
}

/// VS Code and what is made of it, by command.
const VSCODES: [&str; 5] = ["code", "codium", "cursor", "windsurf", "code-server"];

fn vscode() -> anyhow::Result<()> {
    let found: Vec<&str> = VSCODES.into_iter().filter(|name| is_on_path(name)).collect();
    ensure!(
        !found.is_empty(),
        "none of {} is on the PATH. In VS Code, the command palette's \"Shell Command: Install 'code' command in PATH\" puts it there",
        VSCODES.join(", ")
    );
    println!("building the server and the extension");
    let binary = tree::binary(None, true)?;
    let out = tree::root().join("target/pack");
    fs::create_dir_all(&out)?;
    let file = vsix::pack(pack::Platform::find(None)?.vscode, &binary, &out)?;
    for name in found {
        println!("{name} --install-extension {}", file.display());
        let status = command(name).arg("--install-extension").arg(&file).arg("--force").status();
        ensure!(status.with_context(|| format!("cannot start {name}"))?.success(), "{name} refuses it");
    }
    println!("  windows that are open have to be reloaded");
    Ok(())
}

fn neovim() -> anyhow::Result<()> {
    let asked = ["--headless", "--clean", "-c", "lua io.write(vim.fn.stdpath('data'))", "-c", "qa!"];
    let output = command("nvim").args(asked).stdin(Stdio::null()).output().context("cannot start nvim")?;
    let data = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    ensure!(output.status.success() && data.is_absolute(), "nvim doesn't say where its data is: {}", data.display());
    let package = neovim_package(&data)?;
    println!("{}: in effect when Neovim starts; `:checkhealth routewright` says whether it works", package.display());
    Ok(())
}

/// Puts the plugin into Neovim's data folder, with what sets it up: no file of the person's own changes.
pub fn neovim_package(data: &Path) -> anyhow::Result<PathBuf> {
    let package = data.join("site/pack/routewright/start/routewright");
    if package.exists() {
        fs::remove_dir_all(&package).with_context(|| format!("cannot replace {}", package.display()))?;
    }
    tree::copy(&tree::root().join("editors/neovim"), &package)?;
    let setup = package.join("plugin");
    fs::create_dir_all(&setup)?;
    // behind the person's own configuration, which may have called it with options
    let text = "-- Written by `cargo xtask install --neovim`.\nif not require('routewright').is_set_up then\n  require('routewright').setup()\nend\n";
    fs::write(setup.join("routewright.lua"), text)?;
    Ok(package)
}

/// Where Helix looks, as it says itself, and as it documents where it doesn't.
fn helix_languages() -> anyhow::Result<PathBuf> {
    let said = ["hx", "helix"].into_iter().find_map(|name| {
        let output = command(name).arg("--health").arg("paths").stdin(Stdio::null()).output().ok()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = said.lines().find_map(|line| line.strip_prefix("Language file: "))?;
        Some(line.trim().to_owned()).filter(|path| Path::new(path).is_absolute())
    });
    if let Some(path) = said {
        return Ok(path.into());
    }
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let config = if cfg!(windows) {
        set("APPDATA")
    } else {
        set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")))
    };
    Ok(config.context("there is no HOME to put Helix's languages.toml into")?.join("helix/languages.toml"))
}

/// Adds ours to the file, or says why a person has to.
pub fn helix(languages: &Path) -> anyhow::Result<()> {
    let ours = tree::root().join("editors/helix/languages.toml");
    let text = match fs::read_to_string(languages) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => bail!("cannot read {}: {error}", languages.display()),
    };
    if text.contains("[language-server.routewright]") {
        println!("{} has it already", languages.display());
        return Ok(());
    }
    // a language has one entry: a second one in the same file would replace what the first says
    let taken: Vec<&str> = ["typescript", "tsx", "javascript", "jsx", "json", "jsonc"]
        .into_iter()
        .filter(|name| text.lines().any(|line| is_name(line, name)))
        .collect();
    ensure!(
        taken.is_empty(),
        "{} has languages of its own ({}): add what {} says by hand, \"routewright\" to each one's `language-servers`",
        languages.display(),
        taken.join(", "),
        ours.display()
    );
    let gap = if text.is_empty() {
        ""
    } else if text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    if let Some(folder) = languages.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(languages, format!("{text}{gap}{}", fs::read_to_string(&ours)?))
        .with_context(|| format!("cannot write {}", languages.display()))?;
    println!("{}: in effect when Helix starts; `hx --health typescript` shows it", languages.display());
    Ok(())
}

/// Whether a line of TOML is `name = "…"`.
fn is_name(line: &str, name: &str) -> bool {
    let value = line.trim().strip_prefix("name").and_then(|rest| rest.trim_start().strip_prefix('='));
    value.is_some_and(|value| value.trim().trim_matches(['"', '\'']) == name)
}

/// A program that may be a script: on Windows those are started by their whole name.
fn command(name: &str) -> Command {
    Command::new(on_path(name).unwrap_or_else(|| name.into()))
}

fn is_on_path(name: &str) -> bool {
    on_path(name).is_some()
}

fn on_path(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|folder| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("routewright-install-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn helix_gets_it_once_and_nothing_is_lost() {
        let folder = folder("helix");
        let file = folder.join("deep/languages.toml");
        helix(&file).unwrap();
        let first = fs::read_to_string(&file).unwrap();
        assert!(first.contains("[language-server.routewright]"));
        helix(&file).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), first);

        fs::write(&file, "[[language]]\nname = \"rust\"").unwrap();
        helix(&file).unwrap();
        assert!(fs::read_to_string(&file).unwrap().starts_with("[[language]]\nname = \"rust\"\n\n"));

        let own = "[[language]]\nname = 'tsx'\nauto-format = true\n";
        fs::write(&file, own).unwrap();
        let refused = helix(&file).unwrap_err().to_string();
        assert!(refused.contains("(tsx)"), "{refused}");
        assert_eq!(fs::read_to_string(&file).unwrap(), own);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn neovim_gets_it_anew() {
        let folder = folder("neovim");
        let old = folder.join("site/pack/routewright/start/routewright/lua/gone.lua");
        fs::create_dir_all(old.parent().unwrap()).unwrap();
        fs::write(&old, "").unwrap();
        let package = neovim_package(&folder).unwrap();
        assert!(package.join("lsp/routewright.lua").exists() && package.join("plugin/routewright.lua").exists());
        assert!(!old.exists());
        fs::remove_dir_all(folder).unwrap();
    }
}

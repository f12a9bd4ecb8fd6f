//! The key of an application without a manifest: from its `.env` files, else from Next's cache
//! (`loadOrGenerateKey` of `encryption-utils-server.ts`). The environment of this process is not that
//! of a build, and isn't asked.

use std::path::PathBuf;

use serde_json::Value;

use super::NoId;
use crate::{app::App, disk::read_text};

const VARIABLE: &str = "NEXT_SERVER_ACTIONS_ENCRYPTION_KEY";

/// In the order in which `next build` reads them (`@next/env`), then those of `next dev` alone.
const ENV_FILES: [&str; 6] =
    [".env.production.local", ".env.local", ".env.production", ".env", ".env.development.local", ".env.development"];

/// The key as base64 text, or why it isn't known.
pub(super) type Key = Result<String, NoId>;

/// Every file that is looked at.
pub(super) fn places(app: &App) -> Vec<PathBuf> {
    ENV_FILES.iter().map(|name| app.root.join(name)).chain(caches(app)).collect()
}

fn caches(app: &App) -> [PathBuf; 2] {
    let dist = app.root.join(&app.config.dist_dir);
    [dist.join("cache/.rscinfo"), dist.join("dev/cache/.rscinfo")]
}

pub(super) fn read(app: &App) -> Key {
    if let Some(key) = ENV_FILES.iter().find_map(|name| in_env(&read_text(&app.root.join(name)).ok()?)) {
        return Ok(key);
    }
    let cached = |file: &PathBuf| {
        let cache: Value = serde_json::from_str(&read_text(file).ok()?).ok()?;
        Some(cache.get("encryption.key")?.as_str()?.to_owned())
    };
    if let Some(key) = caches(app).iter().find_map(cached) {
        return Ok(key);
    }
    let dist = app.root.join(&app.config.dist_dir);
    let manifest = super::build_output::places(app).iter().any(|place| place.manifest.is_file());
    Err(match () {
        () if manifest => NoId::Unreadable,
        () if dist.is_dir() => NoId::NoKey,
        () if app.config.unknown.iter().any(|field| field == "distDir") => NoId::DistDir,
        () => NoId::NoBuild,
    })
}

/// The variable's value where it is written out. `$` would refer to other variables.
fn in_env(text: &str) -> Option<String> {
    let value = text.lines().rev().find_map(|line| {
        let (name, value) = line.trim_start().split_once('=')?;
        let name = name.trim().strip_prefix("export ").unwrap_or(name.trim()).trim();
        (name == VARIABLE).then_some(value.trim())
    })?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let value = match quote {
        Some(quote) => value.get(1..)?.split(quote).next()?,
        None => value.split(" #").next()?.trim_end(),
    };
    (!value.is_empty() && !value.contains('$')).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_env_files() {
        for (text, key) in [
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=abc=", Some("abc=")),
            ("A=1\n export NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = \"a b=\" # why\n", Some("a b=")),
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=abc # why", Some("abc")),
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=one\nNEXT_SERVER_ACTIONS_ENCRYPTION_KEY='two'", Some("two")),
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=$OTHER", None),
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=", None),
            ("# NEXT_SERVER_ACTIONS_ENCRYPTION_KEY=abc", None),
            ("NEXT_SERVER_ACTIONS_ENCRYPTION_KEYS=abc", None),
            ("", None),
        ] {
            assert_eq!(in_env(text).as_deref(), key, "{text}");
        }
    }
}

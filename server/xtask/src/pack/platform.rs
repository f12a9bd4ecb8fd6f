//! The platforms that there are packages for, under everybody's names for them.

use anyhow::Context;

/// One of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Platform {
    /// Rust's name.
    pub triple: &'static str,
    /// The package is `@routewright/…`.
    pub npm: &'static str,
    /// `os`, `cpu` and `libc` of its manifest.
    pub needs: (&'static str, &'static str, Option<&'static str>),
    /// What `vsce package --target` calls it.
    pub vscode: &'static str,
}

const fn platform(
    triple: &'static str,
    npm: &'static str,
    needs: (&'static str, &'static str, Option<&'static str>),
    vscode: &'static str,
) -> Platform {
    Platform { triple, npm, needs, vscode }
}

/// All. The release workflow (`.github/workflows/release.yml`) builds each.
pub const ALL: [Platform; 8] = [
    platform("x86_64-unknown-linux-gnu", "linux-x64", ("linux", "x64", Some("glibc")), "linux-x64"),
    platform("aarch64-unknown-linux-gnu", "linux-arm64", ("linux", "arm64", Some("glibc")), "linux-arm64"),
    platform("x86_64-unknown-linux-musl", "linux-x64-musl", ("linux", "x64", Some("musl")), "alpine-x64"),
    platform("aarch64-unknown-linux-musl", "linux-arm64-musl", ("linux", "arm64", Some("musl")), "alpine-arm64"),
    platform("x86_64-apple-darwin", "darwin-x64", ("darwin", "x64", None), "darwin-x64"),
    platform("aarch64-apple-darwin", "darwin-arm64", ("darwin", "arm64", None), "darwin-arm64"),
    platform("x86_64-pc-windows-msvc", "win32-x64", ("win32", "x64", None), "win32-x64"),
    platform("aarch64-pc-windows-msvc", "win32-arm64", ("win32", "arm64", None), "win32-arm64"),
];

impl Platform {
    /// By Rust's name; without one, the platform that this task was built for.
    pub fn find(triple: Option<&str>) -> anyhow::Result<&'static Self> {
        let triple = triple.map_or_else(host, str::to_owned);
        let known = || ALL.map(|platform| platform.triple).join(", ");
        let found = ALL.iter().find(|platform| platform.triple == triple);
        found.with_context(|| format!("there is no package for {triple}; there are {}", known()))
    }

    /// The program's file.
    pub fn program(&self) -> &'static str {
        if self.is_windows() { "routewright.exe" } else { "routewright" }
    }

    /// Whether it is a Windows.
    pub fn is_windows(&self) -> bool {
        self.needs.0 == "win32"
    }
}

fn host() -> String {
    let system = match (std::env::consts::OS, cfg!(target_env = "musl")) {
        ("macos", _) => "apple-darwin",
        ("windows", _) => "pc-windows-msvc",
        (_, true) => "unknown-linux-musl",
        _ => "unknown-linux-gnu",
    };
    format!("{}-{system}", std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;

    #[test]
    fn by_triple() {
        assert!(Platform::find(None).is_ok(), "{}", host());
        assert_eq!(Platform::find(Some("aarch64-apple-darwin")).unwrap().npm, "darwin-arm64");
        assert!(Platform::find(Some("mips")).unwrap_err().to_string().contains("no package for mips"));
    }

    #[test]
    fn the_release_builds_each() {
        let text = std::fs::read_to_string(tree::root().join(".github/workflows/release.yml")).unwrap();
        for platform in ALL {
            assert_eq!(text.matches(&format!(" {},", platform.triple)).count(), 1, "{}", platform.triple);
        }
    }
}

//! Which of Next's two bundlers builds an application. They hash other paths into action IDs and
//! shake other things out.

use crate::Version;

/// A bundler of Next's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bundler {
    /// webpack
    Webpack,
    /// Turbopack
    Turbopack,
}

impl Bundler {
    /// The bundler of `next build` or `next dev` under a release, by the command that starts it
    /// (`"next build --webpack && …"`), where one is known: Turbopack is the default from 16 on
    /// (cli/next-build.ts, cli/next-dev.ts: `--webpack`, `--turbopack`, `--turbo`).
    #[must_use]
    pub fn of(release: Version, command: Option<&str>) -> Self {
        let said = command.into_iter().flat_map(str::split_whitespace).find_map(|word| match word {
            "--webpack" => Some(Self::Webpack),
            "--turbopack" | "--turbo" => Some(Self::Turbopack),
            _ => None,
        });
        said.unwrap_or(if release.major >= 16 { Self::Turbopack } else { Self::Webpack })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_release_and_command() {
        for (release, command, expected) in [
            (Version::new(14, 2, 35), None, Bundler::Webpack),
            (Version::new(15, 5, 29), Some("next build"), Bundler::Webpack),
            (Version::new(15, 5, 29), Some("prisma generate && next build --turbopack"), Bundler::Turbopack),
            (Version::new(15, 0, 0), Some("next dev --turbo -p 3001"), Bundler::Turbopack),
            (Version::LATEST, None, Bundler::Turbopack),
            (Version::LATEST, Some("next build --webpack"), Bundler::Webpack),
        ] {
            assert_eq!(Bundler::of(release, command), expected, "{release} {command:?}");
        }
    }
}

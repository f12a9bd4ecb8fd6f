//! Action IDs: what a browser sends as `Next-Action`.
//!
//! The compiler makes them from a salt, the path of the file and the name under which a function is
//! registered, and from 15 on puts a byte in front that says which arguments the function takes
//! (`server_actions.rs`, `generate_server_reference_id`; measured on the compilers of 14.2.35 to
//! 16.4.6). Which names a file registers is told by [`registered`](crate::registered).

use std::fmt::Write;

use sha1::{Digest, Sha1};

use crate::Version;

/// The byte in front of an ID: `cache | six arguments | rest`, from the highest bit down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mask(u8);

/// How many arguments have a bit of their own.
const ARGUMENTS: u8 = 6;

impl Mask {
    /// Of a function whose parameters the compiler can't see: everything is sent.
    pub const UNKNOWN: Self = Self(0b0111_1111);

    /// Of an action with that many declared parameters. A rest parameter, or a seventh one, takes
    /// all that comes.
    #[must_use]
    pub const fn of(parameters: u8, rest: bool) -> Self {
        if rest || parameters > ARGUMENTS {
            return Self::UNKNOWN;
        }
        // `parameters` ones from bit 6 down
        Self(!(0b0111_1111 >> parameters) & 0b0111_1110)
    }

    /// The same arguments of a `"use cache"` function.
    #[must_use]
    pub const fn cached(self) -> Self {
        Self(self.0 | 0b1000_0000)
    }

    /// As the ID writes it.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// From an ID.
    #[must_use]
    pub const fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// A `"use cache"` function, not an action.
    #[must_use]
    pub const fn is_cache(self) -> bool {
        self.0 & 0b1000_0000 != 0
    }

    /// Whether every argument counts, however many there are.
    #[must_use]
    pub const fn takes_all(self) -> bool {
        self.0 & 1 != 0 && self.0 & 0b0111_1110 == 0b0111_1110
    }

    /// The places, from 1, of the arguments that have their bit set.
    pub fn arguments(self) -> impl Iterator<Item = u8> {
        (1..=ARGUMENTS).filter(move |place| self.0 & (0b1000_0000 >> place) != 0)
    }

    /// In plain words: `no arguments`, `both arguments`, `arguments 1 and 3`, `all arguments`; with
    /// `cache, ` in front of a cached function's. Where the first argument is what the function
    /// `captures` of its surroundings, it is named so: `captured values and one argument`.
    #[must_use]
    pub fn words(self, captures: bool) -> String {
        let captures = captures && self.0 & 0b0100_0000 != 0;
        let mut places: Vec<u8> = self.arguments().collect();
        if captures {
            places.remove(0);
            places.iter_mut().for_each(|place| *place -= 1);
        }
        let in_order = places.iter().zip(1..).all(|(place, n)| *place == n);
        let arguments = match (places.as_slice(), in_order) {
            _ if self.takes_all() => "all arguments".to_owned(),
            ([], _) => "no arguments".to_owned(),
            ([1], _) => "one argument".to_owned(),
            ([1, 2], _) => "both arguments".to_owned(),
            (places, true) => format!("all {} arguments", places.len()),
            ([place], _) => format!("argument {place}"),
            ([first @ .., last], false) => {
                let first: Vec<String> = first.iter().map(u8::to_string).collect();
                format!("arguments {} and {last}", first.join(", "))
            }
        };
        let rest = if self.0 & 1 != 0 && !self.takes_all() { " and the rest" } else { "" };
        let captured = match (captures, places.is_empty() && !self.takes_all()) {
            (true, true) => return format!("{}captured values", if self.is_cache() { "cache, " } else { "" }),
            (true, false) => "captured values and ",
            (false, _) => "",
        };
        format!("{}{captured}{arguments}{rest}", if self.is_cache() { "cache, " } else { "" })
    }
}

/// The ID of a function that `file` registers as `name`.
///
/// `salt` is the encryption key as its base64 text; 14 has none. `file` is the path that the
/// bundler hashes: absolute for webpack, relative to its root for Turbopack.
#[must_use]
pub fn action_id(version: Version, salt: &str, file: &str, name: &str, mask: Mask) -> String {
    let salted = version.major >= 15;
    let mut hash = Sha1::new();
    if salted {
        hash.update(salt);
    }
    hash.update(file);
    hash.update(":");
    hash.update(name);
    let mut id = String::with_capacity(42);
    if salted {
        let _ = write!(id, "{:02x}", mask.byte());
    }
    for byte in hash.finalize() {
        let _ = write!(id, "{byte:02x}");
    }
    id
}

/// An ID taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsedId<'t> {
    /// What the byte in front says; `None` for an ID of 14, which has no such byte.
    pub mask: Option<Mask>,
    /// The hash: 40 digits.
    pub hash: &'t str,
}

/// Takes an ID apart: 40 hexadecimal digits (14) or 42 (15 and later); anything else is none.
#[must_use]
pub fn parse(id: &str) -> Option<ParsedId<'_>> {
    if !id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    match id.len() {
        40 => Some(ParsedId { mask: None, hash: id }),
        42 => {
            let (mask, hash) = id.split_at(2);
            Some(ParsedId { mask: Some(Mask::from_byte(u8::from_str_radix(mask, 16).ok()?)), hash })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks() {
        for (parameters, rest, byte) in [
            (0, false, 0x00),
            (1, false, 0x40),
            (2, false, 0x60),
            (3, false, 0x70),
            (4, false, 0x78),
            (5, false, 0x7c),
            (6, false, 0x7e),
            (7, false, 0x7f),
            (255, false, 0x7f),
            (0, true, 0x7f),
            (2, true, 0x7f),
        ] {
            assert_eq!(Mask::of(parameters, rest).byte(), byte, "{parameters} {rest}");
            assert_eq!(Mask::of(parameters, rest).cached().byte(), byte | 0x80, "{parameters} {rest}");
        }
    }

    #[test]
    fn every_byte_has_words() {
        for (byte, words) in [
            (0x00, "no arguments"),
            (0x40, "one argument"),
            (0x60, "both arguments"),
            (0x70, "all 3 arguments"),
            (0x7e, "all 6 arguments"),
            (0x7f, "all arguments"),
            (0x50, "arguments 1 and 3"),
            (0x5a, "arguments 1, 3, 4 and 6"),
            (0x20, "argument 2"),
            (0x41, "one argument and the rest"),
            (0x80, "cache, no arguments"),
            (0xe0, "cache, both arguments"),
            (0xff, "cache, all arguments"),
        ] {
            assert_eq!(Mask::from_byte(byte).words(false), words, "{byte:02x}");
        }
        for (byte, words) in [
            (0x40, "captured values"),
            (0x60, "captured values and one argument"),
            (0x70, "captured values and both arguments"),
            (0x7f, "captured values and all arguments"),
            (0xc0, "cache, captured values"),
            (0x00, "no arguments"),
        ] {
            assert_eq!(Mask::from_byte(byte).words(true), words, "{byte:02x}");
        }
        for byte in 0..=u8::MAX {
            assert!(!Mask::from_byte(byte).words(true).is_empty() && !Mask::from_byte(byte).words(false).is_empty());
        }
    }

    #[test]
    fn ids() {
        let id = |version, mask| action_id(version, "SALT", "/proj/app/file.tsx", "a", mask);
        assert_eq!(id(Version::new(14, 2, 35), Mask::of(1, false)), "64009e2d1cc3c3e43c7282bb12916a2a65d56faf");
        assert_eq!(id(Version::new(15, 0, 8), Mask::of(1, false)), "40d8495eca342a85486ac7669fa914b93d5c246dd7");
        assert_eq!(id(Version::LATEST, Mask::UNKNOWN), "7fd8495eca342a85486ac7669fa914b93d5c246dd7");
    }

    #[test]
    fn parsing() {
        let id = "40d8495eca342a85486ac7669fa914b93d5c246dd7";
        let parsed = parse(id);
        assert_eq!(parsed, Some(ParsedId { mask: Some(Mask::of(1, false)), hash: &id[2..] }));
        assert_eq!(parse(&id[2..]), Some(ParsedId { mask: None, hash: &id[2..] }));
        for wrong in ["", "40", &id[1..], &id.to_uppercase(), "zz8495eca342a85486ac7669fa914b93d5c246dd7x"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}

//! How a body is compressed for those who can read it.

use std::io::{self, Write};

use axum::http::header::ACCEPT_ENCODING;
use axum::http::{HeaderMap, HeaderValue};
use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::domain::language;

/// Below it, compressing saves nothing.
pub(super) const SMALLEST: usize = 1024;
/// Brotli's effort, of 11: about as long as gzip takes, and smaller.
const EFFORT: u32 = 5;
/// Brotli's window: 2^20 bytes, more than almost any answer.
const WINDOW: u32 = 20;

/// A compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Brotli, RFC 7932.
    Brotli,
    /// Gzip, RFC 1952.
    Gzip,
}

impl Coding {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The best that a client reads (RFC 9110 §12.5.3): by weight, then the smaller; `None` for the bytes as they are.
    pub(super) fn negotiate(headers: &HeaderMap) -> Option<Self> {
        let mut best: Option<(u16, Self)> = None;
        let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
        for part in lines.flat_map(|line| line.split(',')) {
            let mut pieces = part.split(';').map(str::trim);
            let name = pieces.next().unwrap_or_default();
            let Some(coding) = Self::ALL.into_iter().find(|coding| name.eq_ignore_ascii_case(coding.name()))
            else {
                continue;
            };
            let weight = pieces.next().map_or(1000, weight);
            let is_better =
                best.is_none_or(|(known, other)| weight > known || (weight == known && other == Self::Gzip));
            if weight > 0 && is_better {
                best = Some((weight, coding));
            }
        }
        best.map(|(_, coding)| coding)
    }

    /// Its place in [`Coding::ALL`].
    pub(super) fn place(self) -> usize {
        self as usize
    }

    /// As the header has it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The header.
    pub(super) fn header(self) -> HeaderValue {
        HeaderValue::from_static(self.name())
    }

    /// The bytes, compressed.
    ///
    /// # Errors
    /// None that is known: memory does not fail.
    pub(super) fn compress(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let mut writer = CompressorWriter::new(Vec::new(), 4096, EFFORT, WINDOW);
                writer.write_all(bytes)?;
                Ok(writer.into_inner())
            }
            Self::Gzip => {
                let mut writer = GzEncoder::new(Vec::new(), Compression::default());
                writer.write_all(bytes)?;
                writer.finish()
            }
        }
    }
}

/// `q=0.5` in thousandths; what cannot be read is no wish.
fn weight(parameter: &str) -> u16 {
    let quality = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
    quality.and_then(language::thousandths).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn chosen(accept: &'static str) -> Option<Coding> {
        Coding::negotiate(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accept))]))
    }

    #[test]
    fn the_best_that_a_client_reads_is_chosen() {
        assert_eq!(Coding::negotiate(&HeaderMap::new()), None);
        assert_eq!(chosen("gzip, deflate, br, zstd"), Some(Coding::Brotli));
        assert_eq!(chosen("gzip;q=1.0, br;q=0.9"), Some(Coding::Gzip));
        assert_eq!(chosen("br;q=0, GZIP;q=0.5"), Some(Coding::Gzip));
        for none in ["", "identity", "*;q=0", "zstd", "br;q=0", "gzip;q=x", "br;q=1.5"] {
            assert_eq!(chosen(none), None, "{none}");
        }
    }

    #[test]
    fn what_was_compressed_can_be_read_again() {
        let text = b"help ".repeat(1000);
        let (mut gzip, mut brotli) = (Vec::new(), Vec::new());
        let compressed = |coding: Coding| coding.compress(&text).expect("memory");
        flate2::read::GzDecoder::new(&compressed(Coding::Gzip)[..]).read_to_end(&mut gzip).expect("gzip");
        brotli::Decompressor::new(&compressed(Coding::Brotli)[..], 4096)
            .read_to_end(&mut brotli)
            .expect("Brotli");
        assert!(gzip == text && brotli == text);
    }
}

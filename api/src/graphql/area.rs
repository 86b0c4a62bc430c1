//! Areas of the world.

use async_graphql::{Enum, InputObject, SimpleObject};

use super::error::Result;
use super::lower::Lower;
use super::scalar;
use crate::domain::area;

/// A published list of area codes.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "area::AreaScheme")]
pub enum AreaScheme {
    /// UN M49, three digits; `001` is the world.
    #[graphql(name = "M49")]
    M49,
    /// ISO 3166-1, countries by two letters: `GB`.
    #[graphql(name = "ISO3166_1")]
    Iso3166_1,
    /// ISO 3166-2, parts of countries: `GB-WLS`.
    #[graphql(name = "ISO3166_2")]
    Iso3166_2,
    /// UK Office for National Statistics, a letter and eight digits: `E92000001`.
    #[graphql(name = "ONS_GSS")]
    OnsGss,
}

/// A part of the world.
#[derive(Clone, SimpleObject)]
pub struct Area {
    /// Which list `code` is from.
    scheme: AreaScheme,
    /// Its code there.
    code: String,
    /// What it is called in English; the code itself for areas whose name is not known here.
    name: String,
}

impl Area {
    /// The area with a code.
    #[must_use]
    pub fn of(scheme: area::AreaScheme, code: &str) -> Self {
        Self { scheme: scheme.into(), code: code.to_owned(), name: area::name(scheme, code).to_owned() }
    }
}

/// A part of the world, by its code.
#[derive(Clone, InputObject)]
pub struct AreaInput {
    /// Which list `code` is from.
    scheme: AreaScheme,
    /// Its code there, in any case.
    code: String,
}

impl Lower<area::Area> for AreaInput {
    fn lower(self) -> area::Area {
        area::Area { scheme: self.scheme.into(), code: self.code }
    }
}

/// The area that an argument or a filter asks for, its code checked.
///
/// # Errors
/// `BAD_INPUT` naming the code.
pub fn read(path: &[&str], input: &AreaInput) -> Result<area::Area> {
    let scheme: area::AreaScheme = input.scheme.into();
    let path: Vec<&str> = path.iter().copied().chain(["code"]).collect();
    Ok(area::Area { scheme, code: scalar::read(&path, &input.code, |code| area::parse(scheme, code))? })
}

//! The shapes that filters share.

use async_graphql::{InputObject, MaybeUndefined};

use super::error::{GqlError, Result};
use super::scalar::{self, Date, DateTime};
use crate::domain::read::{Field, Filter, Match, Range, Target};
use crate::domain::{NodeKind, value};

/// The most entries of a list in a filter.
const MAX_LIST: usize = 100;
/// The most bytes of a text in a filter.
const MAX_TEXT: usize = 1_000;
/// How deeply `and`, `or` and `not` may be nested.
pub const MAX_DEPTH: usize = 5;

/// A condition on text, whatever its case and accents. All given keys must hold; with every key left out it is no condition.
#[derive(Clone, InputObject)]
pub struct StringFilter {
    /// Is this.
    eq: MaybeUndefined<String>,
    /// Is one of these, at most 100.
    #[graphql(name = "in")]
    is_in: MaybeUndefined<Vec<String>>,
    /// Has this in it.
    contains: MaybeUndefined<String>,
    /// Begins with this.
    starts_with: MaybeUndefined<String>,
}

/// A condition on what something is linked to, by its current slug in any language. All given keys must hold; with every key left out it is no condition.
#[derive(Clone, InputObject)]
pub struct SlugFilter {
    /// Is linked to the one with this slug.
    eq: MaybeUndefined<String>,
    /// Is linked to one with one of these slugs, at most 100.
    #[graphql(name = "in")]
    is_in: MaybeUndefined<Vec<String>>,
    /// Is linked to any; with `false`, to none.
    exists: MaybeUndefined<bool>,
}

/// A span of time; an end left out is open.
#[derive(Clone, InputObject)]
pub struct DateTimeRange {
    /// Not before this moment.
    from: MaybeUndefined<DateTime>,
    /// Before this moment.
    until: MaybeUndefined<DateTime>,
}

/// A span of days, both ends included; an end left out is open.
#[derive(Clone, InputObject)]
pub struct DateRange {
    /// Not before this day.
    from: MaybeUndefined<Date>,
    /// Not after this day.
    until: MaybeUndefined<Date>,
}

/// A filter key that was given: null is refused, since it is never "no condition".
///
/// # Errors
/// `BAD_INPUT` naming the key.
pub fn given<T>(path: &[&str], value: MaybeUndefined<T>) -> Result<Option<T>> {
    match value {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => {
            Err(GqlError::bad_input(path, "null is no condition: leave the key out instead."))
        }
        MaybeUndefined::Value(value) => Ok(Some(value)),
    }
}

/// Gathers the conditions of a filter input.
pub struct Conditions<'a> {
    path: Vec<&'a str>,
    filters: Vec<Filter>,
}

impl<'a> Conditions<'a> {
    /// The conditions of the filter at a path.
    ///
    /// # Errors
    /// `BAD_INPUT` where filters are nested too deeply.
    pub fn at(path: &[&'a str]) -> Result<Self> {
        if path.len() > MAX_DEPTH {
            return Err(GqlError::bad_input(path, format!("Filters may be nested {MAX_DEPTH} deep.")));
        }
        Ok(Self { path: path.to_vec(), filters: Vec::new() })
    }

    /// The path of a key.
    #[must_use]
    pub fn key(&self, key: &'a str) -> Vec<&'a str> {
        let mut path = self.path.clone();
        path.push(key);
        path
    }

    /// Adds a condition where its key was given.
    ///
    /// # Errors
    /// `BAD_INPUT` naming the key.
    pub fn add<T>(
        &mut self,
        key: &'a str,
        value: MaybeUndefined<T>,
        lower: impl FnOnce(&[&str], T) -> Result<Filter>,
    ) -> Result<()> {
        let path = self.key(key);
        if let Some(value) = given(&path, value)? {
            self.filters.push(lower(&path, value)?);
        }
        Ok(())
    }

    /// Adds `and`, `or` and `not`. What has every key left out is no condition in them either.
    ///
    /// # Errors
    /// Those of the filters within.
    pub fn combine<F>(
        &mut self,
        and: MaybeUndefined<Vec<F>>,
        or: MaybeUndefined<Vec<F>>,
        not: MaybeUndefined<Box<F>>,
        lower: impl Fn(&[&str], F) -> Result<Filter>,
    ) -> Result<()> {
        self.add("and", and, |path, all| {
            Ok(Filter::All(
                bounded(path, all)?.into_iter().map(|one| lower(path, one)).collect::<Result<_>>()?,
            ))
        })?;
        self.add("or", or, |path, any| {
            let any: Vec<Filter> =
                bounded(path, any)?.into_iter().map(|one| lower(path, one)).collect::<Result<_>>()?;
            let is_said = any.is_empty() || !any.iter().all(Filter::says_nothing);
            let said = any.into_iter().filter(|one| !one.says_nothing()).collect();
            Ok(if is_said { Filter::Any(said) } else { Filter::NOTHING })
        })?;
        self.add("not", not, |path, one| {
            let one = lower(path, *one)?;
            Ok(if one.says_nothing() { Filter::NOTHING } else { Filter::Not(Box::new(one)) })
        })
    }

    /// The filter of them all.
    #[must_use]
    pub fn filter(self) -> Filter {
        Filter::All(self.filters)
    }
}

fn bounded<T>(path: &[&str], list: Vec<T>) -> Result<Vec<T>> {
    if list.len() > MAX_LIST {
        return Err(GqlError::bad_input(path, format!("This list may have at most {MAX_LIST} entries.")));
    }
    Ok(list)
}

/// No longer than any title.
fn short(path: &[&str], text: String) -> Result<String> {
    if text.len() > MAX_TEXT {
        return Err(GqlError::bad_input(
            path,
            format!("A text in a filter may have at most {MAX_TEXT} bytes."),
        ));
    }
    Ok(text)
}

/// The conditions of a text filter, each made into a filter by `of`.
///
/// # Errors
/// `BAD_INPUT` naming the key.
pub fn text(path: &[&str], filter: StringFilter, of: impl Fn(Match) -> Filter) -> Result<Filter> {
    let StringFilter { eq, is_in, contains, starts_with } = filter;
    let mut conditions = Conditions::at(path)?;
    conditions.add("eq", eq, |path, text| Ok(of(Match::In(vec![short(path, text)?]))))?;
    conditions.add("in", is_in, |path, texts| {
        Ok(of(Match::In(
            bounded(path, texts)?.into_iter().map(|text| short(path, text)).collect::<Result<_>>()?,
        )))
    })?;
    conditions.add("contains", contains, |path, text| Ok(of(Match::Contains(short(path, text)?))))?;
    conditions.add("startsWith", starts_with, |path, text| Ok(of(Match::StartsWith(short(path, text)?))))?;
    Ok(conditions.filter())
}

/// The conditions of a filter on links.
///
/// # Errors
/// `BAD_INPUT` naming the key.
pub fn linked(path: &[&str], filter: SlugFilter, field: Field) -> Result<Filter> {
    targets(path, filter, |target| Filter::Linked(field, target))
}

/// The conditions of a filter on what texts refer to.
///
/// # Errors
/// `BAD_INPUT` naming the key.
pub fn referred(path: &[&str], filter: SlugFilter, kind: NodeKind) -> Result<Filter> {
    targets(path, filter, |target| Filter::Refers(kind, target))
}

fn targets(path: &[&str], filter: SlugFilter, condition: impl Fn(Target) -> Filter) -> Result<Filter> {
    let SlugFilter { eq, is_in, exists } = filter;
    let mut conditions = Conditions::at(path)?;
    let of = |slugs| condition(Target::Slugs(slugs));
    conditions.add("eq", eq, |path, slug| Ok(of(vec![short(path, slug)?])))?;
    conditions.add("in", is_in, |path, slugs| {
        let slugs = bounded(path, slugs)?.into_iter().map(|slug| short(path, slug));
        Ok(of(slugs.collect::<Result<_>>()?))
    })?;
    conditions.add("exists", exists, |_, exists| Ok(condition(Target::Exists(exists))))?;
    Ok(conditions.filter())
}

/// A span of time.
///
/// # Errors
/// `BAD_INPUT` naming the end.
pub fn instants(path: &[&str], range: DateTimeRange) -> Result<Range<chrono::DateTime<chrono::Utc>>> {
    let DateTimeRange { from, until } = range;
    let conditions = Conditions::at(path)?;
    let end = |key, value| {
        let path = conditions.key(key);
        given(&path, value)?.map(|at: DateTime| scalar::read(&path, &at.0, value::instant)).transpose()
    };
    Ok(Range { from: end("from", from)?, until: end("until", until)? })
}

/// A span of days.
///
/// # Errors
/// `BAD_INPUT` naming the end.
pub fn days(path: &[&str], range: DateRange) -> Result<Range<chrono::NaiveDate>> {
    let DateRange { from, until } = range;
    let conditions = Conditions::at(path)?;
    let end = |key, value| {
        let path = conditions.key(key);
        given(&path, value)?.map(|day: Date| scalar::read(&path, &day.0, value::date)).transpose()
    };
    let (from, until) = (end("from", from)?, end("until", until)?);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        return Err(GqlError::bad_input(&conditions.key("until"), "A range ends on its first day or later."));
    }
    Ok(Range { from, until })
}

/// A language that something exists in itself.
///
/// # Errors
/// `BAD_INPUT` for what is no language tag.
pub fn translated(path: &[&str], language: &scalar::LanguageTag) -> Result<Filter> {
    Ok(Filter::TranslatedInto(scalar::read(path, &language.0, value::language)?.to_string()))
}

/// A column that has one of some values.
///
/// # Errors
/// `BAD_INPUT` for a list that is too long.
pub fn one_of<T>(
    path: &[&str],
    column: &'static str,
    values: Vec<T>,
    as_str: impl Fn(T) -> &'static str,
) -> Result<Filter> {
    Ok(Filter::OneOf(column, bounded(path, values)?.into_iter().map(as_str).collect()))
}

//! Whether the values of variables fit their types, before anything runs.
//!
//! The values go on as they came: what was left out stays left out, and defaults are the executor's to fill in.

use apollo_compiler::ast::{Argument, Type, Value as Literal};
use apollo_compiler::executable::{Operation, Selection};
use apollo_compiler::schema::{ExtendedType, InputObjectType};
use apollo_compiler::{ExecutableDocument, Node, Schema};
use serde_json::{Map, Value};

use super::limits::{Limits, Standing};
use super::{Gate, Prepared, measure, placed};
use crate::graphql::error::Code;
use crate::http::fault::Fault;

/// The variables of a request by name, without the `$`.
pub type Values = Map<String, Value>;

impl Gate {
    /// Checks every declared variable of an operation against its type; undeclared ones are ignored.
    /// What a string of an own scalar says is checked where it is used.
    ///
    /// # Errors
    /// `BAD_INPUT` for each wrong value, with the path of the argument that it was meant for, at most ten;
    /// `TOO_LARGE` or `TOO_DEEP` when they are beyond the limits.
    pub fn check_variables(
        &self,
        (prepared, operation): (&Prepared, &Operation),
        values: &Values,
        standing: Standing,
    ) -> Result<(), Vec<Fault>> {
        let limits = Limits::of(standing);
        let mut left = limits.variable_values;
        for value in values.values() {
            measure_value(value, 0, &mut left, limits).map_err(|fault| vec![fault])?;
        }
        let mut faults = Vec::new();
        for definition in &operation.variables {
            let name = definition.name.as_str();
            let mut check =
                Check { schema: &self.schema, limits, variable: name, path: Vec::new(), wrong: Vec::new() };
            match values.get(name) {
                Some(value) => check.value(&definition.ty, value),
                None if definition.ty.is_non_null() && definition.default_value.is_none() => check.refuse(
                    format!("Variable \"${name}\" of required type \"{}\" was not provided.", definition.ty),
                ),
                None => {}
            }
            if !check.wrong.is_empty() {
                let start =
                    argument_of(&prepared.document, operation, name).unwrap_or_else(|| vec![name.to_owned()]);
                faults.extend(check.wrong.into_iter().map(|(path, message)| Fault {
                    argument_path: start.iter().cloned().chain(path).collect(),
                    variable: Some(name.to_owned()),
                    ..Fault::new(Code::BadInput, &message)
                }));
            }
        }
        faults.truncate(limits.errors);
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

fn measure_value(value: &Value, depth: u32, left: &mut u32, limits: &Limits) -> Result<(), Fault> {
    if depth > limits.value_depth {
        return Err(measure::value_too_deep(limits));
    }
    *left = left.checked_sub(1).ok_or_else(|| {
        let message = format!("The variables are too large: at most {} values.", limits.variable_values);
        Fault::new(Code::TooLarge, &message)
    })?;
    match value {
        Value::Array(items) => items.iter().try_for_each(|item| measure_value(item, depth + 1, left, limits)),
        Value::Object(fields) => {
            fields.values().try_for_each(|field| measure_value(field, depth + 1, left, limits))
        }
        _ => Ok(()),
    }
}

/// One variable's value on its way down its type.
struct Check<'a> {
    schema: &'a Schema,
    limits: &'a Limits,
    variable: &'a str,
    path: Vec<String>,
    wrong: Vec<(Vec<String>, String)>,
}

impl Check<'_> {
    fn refuse(&mut self, message: String) {
        if self.wrong.len() < self.limits.errors {
            self.wrong.push((self.path.clone(), message));
        }
    }

    fn under(&mut self, key: String, ty: &Type, value: &Value) {
        self.path.push(key);
        self.value(ty, value);
        self.path.pop();
    }

    fn value(&mut self, ty: &Type, value: &Value) {
        match (ty, value) {
            (Type::NonNullNamed(_) | Type::NonNullList(_), Value::Null) => {
                let message = format!("{} must not be null: its type is \"{ty}\".", self.place());
                self.refuse(message);
            }
            (Type::Named(_) | Type::List(_), Value::Null) => {}
            (Type::List(item) | Type::NonNullList(item), Value::Array(items)) => {
                for (index, value) in items.iter().enumerate() {
                    self.under(index.to_string(), item, value);
                }
            }
            // A single value stands for a list of one.
            (Type::List(item) | Type::NonNullList(item), single) => self.value(item, single),
            (Type::Named(name) | Type::NonNullNamed(name), value) => match self.schema.types.get(name) {
                Some(ExtendedType::InputObject(object)) => self.object(object, value),
                Some(ExtendedType::Enum(definition)) => {
                    let known = value.as_str().is_some_and(|text| definition.values.contains_key(text));
                    self.expect(known, name);
                }
                _ if placed::is_text(self.schema, name) => self.expect(value.is_string(), name),
                _ => self.expect(scalar_fits(name, value), name),
            },
        }
    }

    fn object(&mut self, object: &InputObjectType, value: &Value) {
        let Some(given) = value.as_object() else { return self.expect(false, &object.name) };
        for name in given.keys().filter(|name| !object.fields.contains_key(name.as_str())) {
            let message = format!(
                "{} has a field that type \"{}\" does not have: \"{name}\".",
                self.place(),
                object.name
            );
            self.path.push(name.clone());
            self.refuse(message);
            self.path.pop();
        }
        for (name, field) in &object.fields {
            match given.get(name.as_str()) {
                Some(value) => self.under(name.to_string(), &field.ty, value),
                None if field.ty.is_non_null() && field.default_value.is_none() => {
                    let message =
                        format!("{} lacks field \"{name}\" of required type \"{}\".", self.place(), field.ty);
                    self.path.push(name.to_string());
                    self.refuse(message);
                    self.path.pop();
                }
                None => {}
            }
        }
    }

    fn expect(&mut self, fits: bool, type_name: &str) {
        if !fits {
            let message = format!("{} is not a value of type \"{type_name}\".", self.place());
            self.refuse(message);
        }
    }

    /// `Variable "$input" at "tags.0"`.
    fn place(&self) -> String {
        if self.path.is_empty() {
            format!("Variable \"${}\"", self.variable)
        } else {
            format!("Variable \"${}\" at \"{}\"", self.variable, self.path.join("."))
        }
    }
}

fn scalar_fits(name: &str, value: &Value) -> bool {
    match name {
        "Int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "Float" => value.is_number(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "ID" => value.is_string() || value.is_i64() || value.is_u64(),
        _ => true,
    }
}

/// Where a variable is used first: the argument, then the keys of the literal around it.
fn argument_of(document: &ExecutableDocument, operation: &Operation, variable: &str) -> Option<Vec<String>> {
    in_selections(&operation.selection_set.selections, variable).or_else(|| {
        let mut fragments = document.fragments.values();
        fragments.find_map(|fragment| in_selections(&fragment.selection_set.selections, variable))
    })
}

fn in_selections(selections: &[Selection], variable: &str) -> Option<Vec<String>> {
    selections.iter().find_map(|selection| {
        let directives = selection.directives().iter();
        let below = match selection {
            Selection::Field(field) => in_arguments(&field.arguments, variable)
                .or_else(|| in_selections(&field.selection_set.selections, variable)),
            Selection::InlineFragment(inline) => in_selections(&inline.selection_set.selections, variable),
            Selection::FragmentSpread(_) => None,
        };
        below
            .or_else(|| directives.clone().find_map(|directive| in_arguments(&directive.arguments, variable)))
    })
}

fn in_arguments(arguments: &[Node<Argument>], variable: &str) -> Option<Vec<String>> {
    arguments.iter().find_map(|argument| {
        let mut path = vec![argument.name.to_string()];
        in_value(&argument.value, variable, &mut path).then_some(path)
    })
}

fn in_value(value: &Literal, variable: &str, path: &mut Vec<String>) -> bool {
    let mut step = |key: String, value: &Literal| {
        path.push(key);
        let found = in_value(value, variable, path);
        if !found {
            path.pop();
        }
        found
    };
    match value {
        Literal::Variable(name) => name == variable,
        Literal::List(items) => items.iter().enumerate().any(|(index, item)| step(index.to_string(), item)),
        Literal::Object(fields) => fields.iter().any(|(name, field)| step(name.to_string(), field)),
        _ => false,
    }
}

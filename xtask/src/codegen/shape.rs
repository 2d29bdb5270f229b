//! How a response says what failed in a call that succeeded: the shapes that `partial` can have.

use super::{
    place::Text,
    spec::{Action, Field, Partial, Spec, Type},
};

/// Where the failures are, and what says so; names are documented ones.
pub(crate) enum Shape<'s> {
    /// A list of ids, all of which failed, for one reason.
    Ids { reason: &'s str },
    /// An object of each id that failed.
    Map(Columns<'s>),
    /// A list with an object for each id, which failed if this flag is not set.
    Flags { who: &'s str, success: &'s str, columns: Columns<'s> },
    /// A list with an object for each id, which failed if its code is not zero.
    Codes { who: &'s str, columns: Columns<'s> },
}

/// Fields of an object that say what is wrong.
pub(crate) struct Columns<'s> {
    pub(crate) code: Option<&'s str>,
    pub(crate) reason: &'s str,
}

/// The shape of an action's response, or what is wrong with its spec.
pub(crate) fn of<'s>(
    spec: &'s Spec,
    action: &'s Action,
    partial: &'s Partial,
) -> Result<Shape<'s>, String> {
    let Text { value: name, .. } = &partial.field;
    let field = action.response.iter().find(|field| field.name.value == *name);
    let field = field.ok_or_else(|| format!("no field `{name}` in the response; correct it"))?;
    let reason = partial.reason.as_ref().map(|reason| reason.value.as_str());
    match (&field.kind, reason) {
        (Type::List(item), Some(reason)) if matches!(**item, Type::Int | Type::String) => {
            Ok(Shape::Ids { reason })
        }
        (Type::List(item), None) if matches!(**item, Type::Int | Type::String) => Err(format!(
            "`{name}` is a list of ids; say what is wrong with them: \
             {{ field = \"{name}\", reason = \"there is no such account\" }}"
        )),
        (_, Some(_)) => Err(format!("`{name}` says by itself what is wrong; remove `reason`")),
        (Type::Map(item), None) => {
            let fields = fields(spec, name, item)?;
            Ok(Shape::Map(columns(name, fields)?))
        }
        (Type::List(item), None) => {
            let fields = fields(spec, name, item)?;
            let columns = columns(name, fields)?;
            let who = fields.iter().find(|field| field.kind == Type::String);
            let who = who.map(|field| field.name.value.as_str());
            let who = who.ok_or_else(|| format!("`{name}` has no String that says who failed"))?;
            match find(fields, &["Success"], &Type::Bool) {
                Some(success) => Ok(Shape::Flags { who, success, columns }),
                None if columns.code.is_some() => Ok(Shape::Codes { who, columns }),
                None => Err(format!("`{name}` has neither a Bool `Success` nor an Int `Code`")),
            }
        }
        _ => Err(format!("`{name}` is neither a list nor a map; correct it")),
    }
}

fn fields<'s>(spec: &'s Spec, name: &str, item: &Type) -> Result<&'s [Field], String> {
    let item = spec.structs.iter().find(|of| Some(of.name.value.as_str()) == item.name());
    item.map(|item| item.fields.as_slice())
        .ok_or_else(|| format!("`{name}` holds no [struct]; correct its type"))
}

fn columns<'s>(name: &str, fields: &'s [Field]) -> Result<Columns<'s>, String> {
    let reason = find(fields, &["Message", "ErrMessage"], &Type::String);
    Ok(Columns {
        code: find(fields, &["Code"], &Type::Int),
        reason: reason.ok_or_else(|| format!("`{name}` has no String `Message`"))?,
    })
}

fn find<'s>(fields: &'s [Field], names: &[&str], kind: &Type) -> Option<&'s str> {
    let found = fields
        .iter()
        .find(|field| field.kind == *kind && names.contains(&field.name.value.as_str()));
    found.map(|field| field.name.value.as_str())
}

//! Turns spec files into a [`Spec`], with a complaint for everything that is not understood.

use super::{
    family, marker,
    place::{Problem, Text, stem},
    ret_code,
    spec::{
        Action, Availability, Each, Effect, Enum, Field, Object, Page, Parameter, Partial, Spec,
        Struct, Takes, Type, Value, WORDS,
    },
    toml_file::{Entry, Table, TomlFile},
};

/// A spec file: its path from the workspace's root, and its text.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// The file's name without its ending: `errors`, `families`, one that starts with `types`, or a family.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.path)
    }

    pub(crate) fn content(&self) -> Content<'_> {
        match self.stem() {
            "errors" => Content::Errors,
            "families" => Content::Families,
            stem if stem.starts_with("types") => Content::Types,
            stem => Content::Family(stem),
        }
    }
}

/// What a spec file is about.
#[derive(Debug)]
pub(crate) enum Content<'s> {
    Errors,
    Families,
    Types,
    /// Actions of the family of that name.
    Family(&'s str),
}

/// Reads all files, and returns what is wrong with them as well.
pub(crate) fn parse(sources: &[Source]) -> (Spec, Vec<Problem>) {
    let mut spec = Spec::default();
    let mut problems = Vec::new();
    for source in sources {
        let file = TomlFile::new(&source.path, &source.text);
        for (key, value) in &file.entries() {
            let entry = file.entry("", key, value);
            match source.content() {
                Content::Types => types(&entry, &mut spec),
                Content::Families => spec.families.extend(family::parse(&entry)),
                Content::Errors => spec.ret_codes.extend(ret_code::parse(&entry)),
                Content::Family(family) => spec.actions.extend(action(&entry, family)),
            }
        }
        problems.extend(file.into_problems());
    }
    (spec, problems)
}

const EFFECTS: &[(&str, Effect)] =
    &[("read", Effect::Read), ("idempotent", Effect::Idempotent), ("once", Effect::Once)];

const NOT_ENFORCED: &str = "required, not enforced";

const TAKES: &[(&str, Takes)] = &[
    ("required", Takes::Required),
    ("optional", Takes::Optional),
    (NOT_ENFORCED, Takes::Required),
];

fn action(entry: &Entry<'_, '_>, family: &str) -> Option<Action> {
    let table = entry.table(&[
        "summary",
        "effect",
        "proving",
        "availability",
        "instead",
        "encoding",
        "body",
        "docs",
        "notes",
        "page",
        "partial",
        "marker",
        "request",
        "response",
    ])?;
    let summary = table.sentence("summary");
    let effect = table
        .need("effect", "say whether sending it again is safe: read, idempotent or once")
        .and_then(|effect| effect.one_of(EFFECTS));
    let request = table.get("request").and_then(|request| request.open_table("a parameter a line"));
    let takes = |name: &str| {
        let entry = request.as_ref().and_then(|request| request.get(name));
        entry.and_then(|entry| entry.one_of(TAKES)).unwrap_or(Takes::Never)
    };
    let notes = table.get("notes").map(|notes| notes.list()).unwrap_or_default();
    Some(Action {
        name: entry.key(),
        family: family.to_owned(),
        proving: table.get("proving").is_some().then(|| texts(&table, "proving")),
        availability: availability(&table),
        json: table
            .get("encoding")
            .and_then(|encoding| encoding.one_of(&[("form", false), ("json", true)]))
            .unwrap_or_default(),
        csv: table
            .get("body")
            .and_then(|kind| kind.one_of(&[("json", false), ("csv", true)]))
            .unwrap_or_default(),
        docs: optional_text(&table, "docs"),
        notes: notes.iter().filter_map(Entry::sentence).collect(),
        region: takes("Region"),
        region_not_enforced: request.as_ref().is_some_and(|request| {
            let region = request.get("Region").and_then(|region| region.text());
            region.is_some_and(|region| region.value == NOT_ENFORCED)
        }),
        zone: takes("Zone"),
        project_id: takes("ProjectId"),
        parameters: request.iter().flat_map(parameters).collect(),
        response: fields(&table, "response"),
        page: table.get("page").and_then(|entry| page(&entry)),
        partial: table.get("partial").and_then(|entry| partial(&entry)),
        marker: table.get("marker").and_then(|entry| marker::parse(&entry)),
        summary: summary?,
        effect: effect?,
    })
}

fn availability(table: &Table<'_, '_>) -> Availability {
    let choices = &[("documented", 0), ("cli-only", 1), ("unavailable", 2)];
    let choice = table.get("availability").and_then(|entry| entry.one_of(choices));
    let instead = table.get("instead");
    match (choice, instead) {
        (Some(2), instead) => {
            Availability::Unavailable { instead: instead.and_then(|instead| instead.text()) }
        }
        (_, Some(instead)) => {
            instead
                .complain("only an action with availability = \"unavailable\" has this; remove it");
            Availability::Documented
        }
        (Some(1), None) => Availability::CliOnly,
        _ => Availability::Documented,
    }
}

fn page(entry: &Entry<'_, '_>) -> Option<Page> {
    let table =
        entry.table(&["offset", "limit", "size", "total", "items", "id", "each", "values"])?;
    Some(Page {
        offset: table.text("offset", "name the parameter that takes the first row's index")?,
        limit: table.text("limit", "name the parameter that takes the number of rows")?,
        size: table.need("size", "say how many rows a page may have")?.count()?,
        total: table.get("total").and_then(|total| total.text()),
        items: table.text("items", "name the field that holds the rows")?,
        id: table.get("id").and_then(|id| id.text()),
        each: each(&table),
    })
}

fn each(table: &Table<'_, '_>) -> Option<Each> {
    let parameter = table.get("each")?.text()?;
    let values = table.need("values", "list what the parameter of `each` is set to in turn")?;
    Some(Each { parameter, values: values.list().iter().filter_map(Entry::text).collect() })
}

/// `"Field"`, or `{ field = "Field", reason = "what is wrong with its ids" }`.
fn partial(entry: &Entry<'_, '_>) -> Option<Partial> {
    if entry.is_text() {
        return Some(Partial { field: entry.text()?, reason: None });
    }
    let table = entry.table(&["field", "reason"])?;
    let field = table.text("field", "name the field that lists what failed")?;
    Some(Partial { field, reason: table.get("reason").and_then(|reason| reason.text()) })
}

fn parameters(table: &Table<'_, '_>) -> Vec<Parameter> {
    let takes = ["Region", "Zone", "ProjectId"];
    let entries = table.entries().filter(|entry| !takes.contains(&entry.key().value.as_str()));
    entries.filter_map(|entry| parameter(&entry)).collect()
}

fn parameter(entry: &Entry<'_, '_>) -> Option<Parameter> {
    let table = entry.table(&[
        "type",
        "doc",
        "default",
        "example",
        "unit",
        "min",
        "max",
        "multiple_of",
        "max_length",
        "max_items",
        "base64",
        "counts",
        "bills",
    ])?;
    let doc = table.sentence("doc");
    let written =
        table.text("type", "say what its value is, such as String, or String! if required");
    let written = written?.value;
    let (kind, required) = match written.strip_suffix('!') {
        Some(kind) => (kind, true),
        None => (written.as_str(), false),
    };
    let integer = |key| table.get(key).and_then(|entry| entry.integer());
    let count = |key| table.get(key).and_then(|entry| entry.count());
    let scalar = |key| table.get(key).and_then(|entry| entry.scalar()).unwrap_or_default();
    Some(Parameter {
        name: entry.key(),
        kind: kind_of(entry, kind)?,
        required,
        default: scalar("default"),
        example: scalar("example"),
        unit: optional_text(&table, "unit"),
        min: integer("min"),
        max: integer("max"),
        multiple_of: integer("multiple_of"),
        max_length: count("max_length"),
        max_items: count("max_items"),
        base64: flag(&table, "base64"),
        counts: flag(&table, "counts"),
        bills: texts(&table, "bills"),
        doc: doc?,
    })
}

fn fields(table: &Table<'_, '_>, key: &str) -> Vec<Field> {
    let fields = table.get(key).and_then(|fields| fields.open_table("a field a line"));
    fields.iter().flat_map(Table::entries).filter_map(|entry| field(&entry)).collect()
}

fn field(entry: &Entry<'_, '_>) -> Option<Field> {
    let table = entry.table(&["type", "doc", "unit", "aliases", "base64"])?;
    let doc = table.sentence("doc");
    let kind = table.text("type", "say what its value is, such as String")?.value;
    Some(Field {
        name: entry.key(),
        aliases: aliases(&table),
        kind: kind_of(entry, &kind)?,
        unit: optional_text(&table, "unit"),
        base64: flag(&table, "base64"),
        doc: doc?,
    })
}

/// Parses a type: a scalar, a name, `T[]` or `Map<String,T>`.
fn kind_of(entry: &Entry<'_, '_>, written: &str) -> Option<Type> {
    if let Some(item) = written.strip_suffix("[]") {
        return Some(Type::List(Box::new(kind_of(entry, item)?)));
    }
    let map = written.strip_prefix("Map<String,").and_then(|rest| rest.strip_suffix('>'));
    if let Some(item) = map {
        return Some(Type::Map(Box::new(kind_of(entry, item.trim_start())?)));
    }
    if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == written) {
        return Some(word.clone());
    }
    if !written.is_empty() && written.chars().all(char::is_alphanumeric) {
        return Some(Type::Named(written.to_owned()));
    }
    entry.complain(format!(
        "`{written}` is not how a type is written; use T, T[] or Map<String,T>, \
         and a final ! for a required parameter"
    ));
    None
}

fn types(entry: &Entry<'_, '_>, spec: &mut Spec) {
    let Some(table) = entry.open_table("an entry for each type") else { return };
    match entry.key().value.as_str() {
        "enum" => spec.enums.extend(table.entries().filter_map(|entry| open_enum(&entry))),
        "object" => spec.objects.extend(table.entries().filter_map(|entry| object(&entry))),
        "struct" => spec.structs.extend(table.entries().filter_map(|entry| response(&entry))),
        _ => entry.complain("unknown key; write [enum.Name], [object.Name] or [struct.Name]"),
    }
}

fn object(entry: &Entry<'_, '_>) -> Option<Object> {
    let table = entry.table(&["doc", "parameters"])?;
    let rows = table.get("parameters").and_then(|rows| rows.open_table("a parameter a line"));
    let doc = table.sentence("doc");
    let rows = rows.iter().flat_map(Table::entries);
    let parameters = rows.filter_map(|entry| parameter(&entry)).collect();
    Some(Object { name: entry.key(), parameters, doc: doc? })
}

fn response(entry: &Entry<'_, '_>) -> Option<Struct> {
    let table = entry.table(&["doc", "text", "alone", "fields"])?;
    let doc = table.sentence("doc");
    Some(Struct {
        name: entry.key(),
        text: table.get("text").and_then(|text| text.text()),
        alone: flag(&table, "alone"),
        fields: fields(&table, "fields"),
        doc: doc?,
    })
}

fn open_enum(entry: &Entry<'_, '_>) -> Option<Enum> {
    let table = entry.table(&["doc", "values", "numbers"])?;
    let doc = table.sentence("doc");
    let texts = table.get("values");
    let numbers = table.get("numbers");
    let values: Vec<Value> = match (&texts, &numbers) {
        (Some(texts), None) => {
            let texts = texts.open_table("a value a line")?;
            texts.entries().filter_map(|entry| text_value(&entry)).collect()
        }
        (None, Some(numbers)) => numbers.list().iter().filter_map(number_value).collect(),
        _ => {
            entry.complain("write either `values` or `numbers`");
            return None;
        }
    };
    Some(Enum { name: entry.key(), doc: doc?, numeric: numbers.is_some(), values })
}

fn text_value(entry: &Entry<'_, '_>) -> Option<Value> {
    let Text { value: wire, place } = entry.key();
    if entry.is_text() {
        let name = Text { value: wire.clone(), place };
        return Some(Value { wire, aliases: Vec::new(), name, doc: entry.sentence()? });
    }
    let table = entry.table(&["name", "aliases", "doc"])?;
    let name = match table.get("name") {
        Some(name) => name.text()?,
        None => Text { value: wire.clone(), place },
    };
    Some(Value { wire, aliases: aliases(&table), name, doc: table.sentence("doc")? })
}

fn number_value(entry: &Entry<'_, '_>) -> Option<Value> {
    let table = entry.table(&["value", "name", "doc"])?;
    let wire = table.need("value", "say what number the API uses")?.integer()?.to_string();
    let name = table.text("name", "say what Rust calls it")?;
    Some(Value { wire, aliases: Vec::new(), name, doc: table.sentence("doc")? })
}

fn aliases(table: &Table<'_, '_>) -> Vec<Text> {
    texts(table, "aliases")
}

fn texts(table: &Table<'_, '_>, key: &str) -> Vec<Text> {
    let texts = table.get(key).map(|texts| texts.list()).unwrap_or_default();
    texts.iter().filter_map(Entry::text).collect()
}

fn flag(table: &Table<'_, '_>, key: &str) -> bool {
    table.get(key).and_then(|entry| entry.boolean()).unwrap_or_default()
}

fn optional_text(table: &Table<'_, '_>, key: &str) -> String {
    table.get(key).and_then(|entry| entry.text()).map(|text| text.value).unwrap_or_default()
}

//! `Wire`: what a client put on the wire, and how it differs from what another one did.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use compshare_proto::metadata::Encoding;
use compshare_sim::RecordedRequest;

/// One request as it travelled, with the signature apart, and what the simulator made of it.
pub(crate) struct Wire {
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) signature: String,
    pub(crate) headers: Headers,
    pub(crate) ret_code: Option<i64>,
    /// Names that the action does not have, by the simulator's tables.
    pub(crate) unknown: Vec<String>,
}

/// What all clients must agree on beside the parameters.
#[derive(Debug)]
pub(crate) struct Headers {
    pub(crate) method: String,
    pub(crate) encoding: Encoding,
    pub(crate) content_type: String,
    /// Whether `U-Timestamp-Ms` holds milliseconds.
    pub(crate) stamped: bool,
}

impl Headers {
    /// Whether they are the same, but for what the kind of the body decides.
    fn fits(&self, other: &Self) -> bool {
        let same_type = self.encoding != other.encoding || self.content_type == other.content_type;
        same_type && self.method == other.method && self.stamped == other.stamped
    }
}

impl Wire {
    pub(crate) fn of(recorded: &RecordedRequest) -> Self {
        let header = |name: &str| {
            recorded.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
        };
        let mut parameters: BTreeMap<String, String> =
            recorded.parameters.iter().cloned().collect();
        let stamp = header("U-Timestamp-Ms");
        Self {
            signature: parameters.remove("Signature").unwrap_or_default(),
            headers: Headers {
                method: recorded.method.to_string(),
                encoding: recorded.encoding,
                content_type: header("Content-Type").to_owned(),
                stamped: stamp.len() == 13 && stamp.bytes().all(|byte| byte.is_ascii_digit()),
            },
            ret_code: recorded.ret_code,
            unknown: recorded.unknown_parameters.clone(),
            parameters,
        }
    }

    /// How `self` differs from `ours`, which has the same caller's values.
    pub(crate) fn differences(&self, ours: &Self) -> BTreeSet<Difference> {
        let mut found = BTreeSet::new();
        let (theirs, own) = (roots(&self.parameters), roots(&ours.parameters));
        for name in theirs.keys().chain(own.keys()) {
            let kind = match (theirs.get(name), own.get(name)) {
                (Some(theirs), Some(own)) if theirs == own => continue,
                (Some(_), Some(_)) => Kind::Changes,
                (Some(_), None) => Kind::Adds,
                (None, _) => Kind::Drops,
            };
            found.insert(Difference::new(kind, *name));
        }
        let same_body = self.headers.encoding == ours.headers.encoding;
        if !same_body {
            found.insert(Difference::new(Kind::Encodes, ""));
        }
        if found.is_empty() && self.signature != ours.signature {
            found.insert(Difference::new(Kind::Odd, "signs the same parameters differently"));
        }
        if !self.headers.fits(&ours.headers) {
            let text = format!("sends {:?}, we {:?}", self.headers, ours.headers);
            found.insert(Difference::new(Kind::Odd, text));
        }
        for name in &self.unknown {
            found
                .insert(Difference::new(Kind::Odd, format!("sends {name}, unknown to our tables")));
        }
        if self.ret_code != ours.ret_code {
            let code = self.ret_code.map_or_else(|| "nothing".to_owned(), |code| code.to_string());
            found.insert(Difference::new(Kind::Answered, code));
        }
        found
    }
}

/// The flattened parameters under each documented name: `Tags` has `Tags.0` and `Tags.1`.
fn roots(parameters: &BTreeMap<String, String>) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let mut roots: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (name, value) in parameters {
        let root = name.split('.').next().unwrap_or(name);
        roots.entry(root).or_default().push((name, value));
    }
    roots
}

/// One way in which a call differs from ours.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Difference {
    pub(crate) kind: Kind,
    /// The parameter, the RetCode, or what is odd.
    pub(crate) subject: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    /// It has no call for the action.
    Absent,
    /// It refuses to send without a parameter that we can leave out.
    Demands,
    /// It leaves out a parameter that it was given.
    Drops,
    /// It sends a parameter that it was not given.
    Adds,
    /// It sends another value.
    Changes,
    /// It sends a form for JSON, or JSON for a form.
    Encodes,
    /// The simulator answers it with another RetCode than us.
    Answered,
    /// It reports a failure although the simulator answered 0.
    Fails,
    /// Anything that can never be right.
    Odd,
}

impl Difference {
    pub(crate) fn new(kind: Kind, subject: impl Into<String>) -> Self {
        Self { kind, subject: subject.into() }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verb = match self.kind {
            Kind::Absent => return f.write_str("has no such call"),
            Kind::Encodes => return f.write_str("sends the other kind of body"),
            Kind::Fails => return f.write_str("fails on a good response"),
            Kind::Odd => return f.write_str(&self.subject),
            Kind::Demands => "demands",
            Kind::Drops => "drops",
            Kind::Adds => "adds",
            Kind::Changes => "changes",
            Kind::Answered => "is answered",
        };
        write!(f, "{verb} {}", self.subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(parameters: &[(&str, &str)]) -> Wire {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Wire {
            parameters: parameters.iter().map(own).collect(),
            signature: "s".to_owned(),
            headers: Headers {
                method: "POST".to_owned(),
                encoding: Encoding::Form,
                content_type: String::new(),
                stamped: true,
            },
            ret_code: Some(0),
            unknown: Vec::new(),
        }
    }

    fn shown(theirs: &Wire, ours: &Wire) -> Vec<String> {
        theirs.differences(ours).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn differences_are_by_documented_name() {
        let ours = wire(&[("Name", "a"), ("Tags.0", "x"), ("Tags.1", "y"), ("Price", "0.1")]);
        let theirs = wire(&[("Tags.0", "x"), ("Price", "0.2"), ("Zone", "z")]);
        assert_eq!(
            shown(&theirs, &ours),
            ["drops Name", "adds Zone", "changes Price", "changes Tags"]
        );
        assert!(ours.differences(&wire(&[("Name", "a")])).len() == 2);
    }

    #[test]
    fn another_kind_of_body_is_signed_otherwise() {
        let ours = wire(&[("Name", "a")]);
        let mut theirs = wire(&[("Name", "a")]);
        theirs.headers.encoding = Encoding::Json;
        theirs.headers.content_type = "application/json".to_owned();
        theirs.signature = "t".to_owned();
        assert_eq!(shown(&theirs, &ours), ["sends the other kind of body"]);
    }

    #[test]
    fn equal_parameters_must_be_signed_and_sent_alike() {
        let ours = wire(&[("Name", "a")]);
        assert!(shown(&wire(&[("Name", "a")]), &ours).is_empty());
        let mut theirs = wire(&[("Name", "a")]);
        theirs.signature = "t".to_owned();
        assert_eq!(shown(&theirs, &ours), ["signs the same parameters differently"]);
        let mut theirs = wire(&[("Name", "a")]);
        theirs.headers.stamped = false;
        theirs.unknown = vec!["Name".to_owned()];
        theirs.ret_code = None;
        let shown = shown(&theirs, &ours);
        assert_eq!(shown.len(), 3, "{shown:?}");
        assert_eq!(shown.first().map(String::as_str), Some("is answered nothing"));
    }
}

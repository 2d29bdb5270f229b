//! An action by its type and by its name is one request, parameter by parameter; a folder file for each
//! family.

#![allow(deprecated, reason = "actions that are dead in production are still here")]

use compshare_proto::{
    Action, Timestamp,
    actions::{self, UpdateCompShareImage},
    for_each_action,
    metadata::Encoding,
};
use serde_json::{Map, Value};

use crate::{
    empty_lists,
    reference::{callers, parse_form, parse_json},
    samples,
    support::{body, config},
};

/// An action that has a test of its setters.
#[diagnostic::on_unimplemented(
    message = "the setters of `{Self}` have no test",
    note = "add `typed!({Self}, its_name, |s| …)` to tests/it/typed/, in the file of its family, which this file names as a module"
)]
trait Tested: Action {}

/// A test that sets an action by every setter, and the proof that there is one.
macro_rules! typed {
    ($action:ident, $name:ident, $build:expr) => {
        impl super::Tested for actions::$action {}

        #[test]
        fn $name() {
            super::assert_typed_is_raw::<actions::$action>($build);
        }
    };
}

macro_rules! all_are_tested {
    ($($action:ident)*) => {
        const _: () = {
            const fn is_tested<A: Tested>() {}
            $(is_tested::<actions::$action>();)*
        };
    };
}

for_each_action!(all_are_tested);

mod disk;
mod image;
mod instance;
mod misc;
mod network;
mod objects;
mod team;
mod ulhost;

/// The samples of an action or an object, taken as a caller of its setters takes them.
struct Sample(Map<String, Value>);

impl Sample {
    fn value(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or_else(|| panic!("the metadata has no {name}"))
    }

    fn items(&self, name: &str) -> &[Value] {
        self.value(name).as_array().unwrap()
    }

    fn text(&self, name: &str) -> String {
        self.value(name).as_str().unwrap().to_owned()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        self.items(name).iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    }

    fn int(&self, name: &str) -> i64 {
        self.value(name).as_i64().unwrap()
    }

    fn ints(&self, name: &str) -> Vec<i64> {
        self.items(name).iter().map(|item| item.as_i64().unwrap()).collect()
    }

    fn float(&self, name: &str) -> f64 {
        self.value(name).as_f64().unwrap()
    }

    fn is(&self, name: &str) -> bool {
        self.value(name).as_bool().unwrap()
    }

    fn time(&self, name: &str) -> Timestamp {
        Timestamp::from_unix_seconds(self.int(name))
    }

    /// The password itself; the sample has its Base64.
    fn password(&self, name: &str) -> &'static str {
        self.value(name);
        samples::PASSWORD
    }

    fn inner(&self, name: &str) -> Self {
        Self(self.value(name).as_object().unwrap().clone())
    }

    fn list<T>(&self, name: &str, build: fn(&Self) -> T) -> Vec<T> {
        let objects = self.items(name).iter();
        objects.map(|item| build(&Self(item.as_object().unwrap().clone()))).collect()
    }
}

/// Asserts that the request that `build` sets by every setter is the one that the metadata gives, and
/// that none of its lists can be empty.
fn assert_typed_is_raw<A: Action>(build: impl Fn(&Sample) -> A) {
    let sample = Sample(samples::parameters(A::INFO));
    for (list, parameters) in empty_lists::each(A::INFO) {
        empty_lists::assert_refused(&build(&Sample(parameters)), &list);
    }
    let (typed, raw) = (build(&sample), samples::raw(A::INFO));
    let form = |body| callers(parse_form(&body));
    assert_eq!(
        form(body(&config(), &typed, Encoding::Form)),
        form(body(&config(), &raw, Encoding::Form)),
    );
    assert_eq!(
        parse_json(&body(&config(), &typed, Encoding::Json)),
        parse_json(&body(&config(), &raw, Encoding::Json)),
    );
}

#[test]
fn a_cover_is_given_as_bytes_or_as_base64() {
    let form = |action| body(&config(), &action, Encoding::Form);
    let new = || UpdateCompShareImage::new("compshareImage-xxxx");
    assert_eq!(form(new().cover_bytes([0, 1, 2, 255])), form(new().cover("AAEC/w==")));
}

#[test]
fn a_list_is_given_at_once_or_item_by_item() {
    let form = |action| body(&config(), &action, Encoding::Form);
    let new = || UpdateCompShareImage::new("compshareImage-xxxx");
    let whole = form(new().tags(["PyTorch", "CUDA"]));
    assert_eq!(form(new().tag("PyTorch").tag("CUDA")), whole);
    assert_eq!(form(new().tags(["PyTorch"]).tag("CUDA")), whole);
    assert_eq!(form(new().tag("gone").tags(["PyTorch", "CUDA"])), whole);
}

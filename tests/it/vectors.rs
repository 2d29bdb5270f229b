//! Signatures against `vectors/signatures.json`, most of which the official SDKs compute as well.

use std::collections::BTreeSet;

use compshare_proto::{
    Action as _, Cny, Config, Credentials, Raw, Secret,
    actions::UpdateCompShareImage,
    metadata::{ActionInfo, Encoding, Takes},
    sign::sign,
};
use serde_json::{Map, Value, json};

use crate::{
    reference,
    support::{Own, body, config, refusal},
};

/// One case of the file.
struct Case {
    name: String,
    public_key: String,
    private_key: String,
    token: Option<String>,
    params: Map<String, Value>,
    form: String,
    json: String,
}

fn cases() -> Vec<Case> {
    let file: Vec<Value> =
        serde_json::from_str(include_str!("../vectors/signatures.json")).unwrap();
    let text = |case: &Value, name: &str| case[name].as_str().unwrap().to_owned();
    file.iter()
        .map(|case| Case {
            name: text(case, "name"),
            public_key: text(case, "public_key"),
            private_key: text(case, "private_key"),
            token: case.get("security_token").map(|_| text(case, "security_token")),
            params: case["params"].as_object().unwrap().clone(),
            form: text(case, "signature"),
            json: text(case, "json_signature"),
        })
        .collect()
}

impl Case {
    /// Everything that is signed.
    fn signed(&self) -> Map<String, Value> {
        let mut signed = self.params.clone();
        signed.insert("PublicKey".to_owned(), json!(self.public_key));
        if let Some(token) = &self.token {
            signed.insert("SecurityToken".to_owned(), json!(token));
        }
        signed
    }

    fn config(&self) -> Config {
        let credentials = Credentials::new(self.public_key.as_str(), self.private_key.as_str());
        Config::new(match &self.token {
            Some(token) => credentials.security_token(token.as_str()),
            None => credentials,
        })
    }

    /// The signature of the JSON body that is sent: null is not.
    fn sent_json(&self) -> String {
        let mut sent = self.signed();
        reference::drop_nulls(&mut sent);
        reference::sign_json(&sent, &self.private_key)
    }

    /// A list or object of the parameters with nothing in it.
    fn empty(&self) -> Option<&'static str> {
        match self.name.as_str() {
            "array_0_strings" => Some("Tags"),
            "array_in_object" => Some("Filter.Ids"),
            "object_empty" => Some("Opt"),
            _ => None,
        }
    }

    /// The action's name, and the parameters beside it.
    fn action(&self) -> Option<(&str, Map<String, Value>)> {
        let mut rest = self.params.clone();
        rest.remove("Action")?;
        Some((self.params["Action"].as_str()?, rest))
    }
}

#[test]
fn the_file_is_whole() {
    let names: BTreeSet<String> = cases().into_iter().map(|case| case.name).collect();
    assert_eq!(names.len(), 66);
    assert_eq!(cases().len(), 66);
    assert_eq!(cases().iter().filter(|case| case.action().is_some()).count(), 63);
}

#[test]
fn every_case_has_its_signature_in_a_form_and_in_json() {
    for case in cases() {
        let (signed, key) = (case.signed(), Secret::new(case.private_key.as_str()));
        let form = sign(&signed, &key, Encoding::Form).unwrap();
        let json = sign(&signed, &key, Encoding::Json).unwrap();
        assert_eq!(form.expose(), case.form, "{}", case.name);
        assert_eq!(json.expose(), case.json, "{} (JSON)", case.name);
    }
}

/// Otherwise what the other tests compare with would prove nothing.
#[test]
fn the_reference_agrees_with_every_case() {
    for case in cases() {
        let pairs = reference::flatten(&case.signed());
        assert_eq!(reference::sign_form(&pairs, &case.private_key), case.form, "{}", case.name);
        let json = reference::sign_json(&case.signed(), &case.private_key);
        assert_eq!(json, case.json, "{} (JSON)", case.name);
    }
}

#[test]
fn numbers_of_the_file_are_read_as_what_they_are() {
    let all = cases();
    let number = |name: &str, parameter: &str| {
        all.iter().find(|case| case.name == name).unwrap().params[parameter].clone()
    };
    assert!(number("float_42_0", "Price").is_f64());
    assert!(number("float_1e20", "Price").is_f64());
    assert_eq!(number("float_1e20", "Price").as_f64(), Some(1e20));
    assert!(number("float_neg_0_0", "Price").as_f64().unwrap().is_sign_negative());
    assert_eq!(number("int_2p53_plus_1", "Visibility").as_i64(), Some(9_007_199_254_740_993));
    assert_eq!(number("int_i64_max", "Visibility").as_i64(), Some(i64::MAX));
    assert!(number("int_zero", "Visibility").is_i64());
}

/// Sends the case as `action` in both encodings, and looks at the bodies with other parsers.
fn assert_sent<A: compshare_proto::Action>(case: &Case, action: &A) {
    let form = reference::parse_form(&body(&case.config(), action, Encoding::Form));
    assert_eq!(reference::value(&form, "Signature"), case.form, "{}", case.name);
    assert_eq!(reference::sign_form(&form, &case.private_key), case.form, "{}", case.name);
    let mut sent = form;
    sent.retain(|(name, _)| name != "Signature");
    sent.sort();
    assert_eq!(sent, reference::flatten(&case.signed()), "{}", case.name);

    let json = reference::parse_json(&body(&case.config(), action, Encoding::Json));
    let signature = case.sent_json();
    assert_eq!(json["Signature"], signature, "{} (JSON)", case.name);
    assert_eq!(reference::sign_json(&json, &case.private_key), signature, "{} (JSON)", case.name);
}

/// Null is in three cases; what is sent of all others is what the case signs.
#[test]
fn a_json_body_without_nulls_has_the_signature_of_its_case() {
    let differs = |case: &Case| case.sent_json() != case.json;
    let names: Vec<String> = cases().into_iter().filter(differs).map(|case| case.name).collect();
    assert_eq!(names, ["published_js_credential_test", "null_top_level", "null_in_object"]);
}

#[test]
fn an_encoded_action_carries_the_signature_of_its_case() {
    for case in cases() {
        let Some((name, parameters)) = case.action() else { continue };
        let own = Own { name, parameters: &parameters };
        match case.empty() {
            None => assert_sent(&case, &own),
            Some(empty) => assert_empty(&case, &own, empty),
        }
    }
}

/// What is signed when asked to is not sent.
fn assert_empty<A: compshare_proto::Action>(case: &Case, action: &A, parameter: &str) {
    for encoding in [Encoding::Form, Encoding::Json] {
        let error = refusal(&case.config(), action, encoding);
        let compshare_proto::Error::Invalid(error) = error else { panic!("{error:?}") };
        assert_eq!(error.parameter(), parameter, "{}", case.name);
        assert!(error.to_string().contains(" is empty") || parameter != "Opt", "{error}");
        assert!(error.to_string().contains(" is an empty list") || parameter == "Opt", "{error}");
    }
}

/// What an action needs and these parameters lack, as the text of the refusal has it.
fn lacking(info: &ActionInfo, parameters: &Map<String, Value>) -> Option<String> {
    let common = [("Region", info.region), ("Zone", info.zone), ("ProjectId", info.project_id)];
    let common = common.into_iter().filter(|(_, takes)| *takes == Takes::Required);
    let default = "set it on the request, or as the client's default";
    let common = common.map(|(name, _)| (name, default));
    let own = info.parameters.iter().filter(|parameter| parameter.required);
    let own = own.map(|parameter| (parameter.name, "the action needs it"));
    let (name, advice) = common.chain(own).find(|(name, _)| !parameters.contains_key(*name))?;
    Some(format!("{} was not sent: {name} is missing: {advice}", info.name))
}

#[test]
fn so_does_a_raw_one_unless_it_lacks_what_its_action_needs() {
    let mut sent = 0;
    for case in cases() {
        let Some((name, parameters)) = case.action() else { continue };
        let raw = parameters
            .iter()
            .fold(Raw::new(name), |raw, (name, value)| raw.param(name.as_str(), value));
        if let Some(empty) = case.empty() {
            assert_empty(&case, &raw, empty);
        } else if let Some(text) = lacking(raw.facts().info, &parameters) {
            for encoding in [Encoding::Form, Encoding::Json] {
                let refusal = refusal(&case.config(), &raw, encoding).to_string();
                assert_eq!(refusal, text, "{}", case.name);
            }
        } else {
            assert_sent(&case, &raw);
            sent += 1;
        }
    }
    assert_eq!(sent, 47);
}

/// Asserts that `action` is refused in both encodings, with this text about this parameter.
fn assert_refused<A: compshare_proto::Action>(action: &A, parameter: &str, text: &str) {
    for encoding in [Encoding::Form, Encoding::Json] {
        let error = refusal(&config(), action, encoding);
        assert_eq!(error.to_string(), text, "{encoding:?}");
        let compshare_proto::Error::Invalid(error) = error else { panic!("{error:?}") };
        assert_eq!(error.parameter(), parameter, "{encoding:?}: {error}");
    }
}

#[test]
fn nan_and_infinities_are_refused() {
    for price in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let text =
            "UpdateCompShareImage was not sent: Price is NaN or infinite: give a finite number";
        assert_refused(&UpdateCompShareImage::new("i").price(Cny(price)), "Price", text);
        let error = sign(&json_with(price), &Secret::new("k"), Encoding::Form).unwrap_err();
        assert_eq!(error.to_string(), "Price is NaN or infinite: give a finite number");
        let error = sign(&json_with(price), &Secret::new("k"), Encoding::Json).unwrap_err();
        assert_eq!(error.to_string(), "Price is NaN or infinite: give a finite number");
    }
}

fn json_with(price: f64) -> std::collections::BTreeMap<&'static str, f64> {
    [("Price", price)].into()
}

#[test]
fn nan_in_a_parameter_named_at_run_time_is_refused_by_its_name() {
    let text = "UpdateCompShareImage was not sent: Price is NaN or infinite: give a finite number";
    let raw = Raw::new("UpdateCompShareImage").param("CompShareImageId", "i");
    assert_refused(&raw.param("Price", f64::NAN), "Price", text);
    assert_refused(&UpdateCompShareImage::new("i").with("Price", f64::NAN), "Price", text);
    let deep = "New was not sent: Disks.1.Size is NaN or infinite: give a finite number";
    let disks = [json_with(1.0), [("Size", f64::INFINITY)].into()];
    assert_refused(&Raw::new("New").param("Disks", disks), "Disks.1.Size", deep);
}

#[test]
fn names_that_the_client_sets_are_refused() {
    for name in ["PublicKey", "Signature", "SecurityToken"] {
        let text = format!(
            "New was not sent: {name} is set by the client from its credentials; leave it out"
        );
        assert_refused(&Raw::new("New").param(name, "x"), name, &text);
        let text = text.replace("New", "UpdateCompShareImage");
        assert_refused(&UpdateCompShareImage::new("i").with(name, "x"), name, &text);
    }
    let text = "New was not sent: Action is set by the client; leave it out";
    assert_refused(&Raw::new("New").param("Action", "x"), "Action", text);
}

#[test]
fn two_parameters_of_one_name_are_refused() {
    let raw = || Raw::new("New").param("Tags", ["a", "b"]);
    let text = "New was not sent: Tags.0 is given twice: leave one out";
    assert_refused(&raw().param("Tags.0", "c"), "Tags.0", text);
    let text = "New was not sent: Name is given twice: leave one out";
    assert_refused(&Raw::new("New").param("Name", "a").param("Name", "a"), "Name", text);
    let text = "New was not sent: Disk.Size is given twice: leave one out";
    let disk = raw().param("Disk", json!({"Size": 1})).param("Disk.Size", 2);
    assert_refused(&disk, "Disk.Size", text);
}

#[test]
fn a_parameter_that_is_added_to_one_of_the_same_flat_name_is_refused() {
    let action = || UpdateCompShareImage::new("i").name("n").tags(["a"]);
    let text =
        |name| format!("UpdateCompShareImage was not sent: {name} is given twice: leave one out");
    assert_refused(&action().with("Name", "m"), "Name", &text("Name"));
    assert_refused(&action().with("New", 1).with("New", 2), "New", &text("New"));
    assert_refused(&action().with("Tags.0", "b"), "Tags.0", &text("Tags.0"));
}

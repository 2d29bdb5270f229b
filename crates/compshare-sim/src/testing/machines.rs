//! What tests of instances and disks share.

use serde_json::Value;

use super::Caller;

impl Caller {
    /// Calls an action without region and zone, and insists on success.
    pub(crate) fn anywhere(&mut self, action: &str, parameters: &[(&str, &str)]) -> Value {
        let response = self.send(&[&[("Action", action)], parameters].concat());
        assert_eq!(response["RetCode"], 0, "{response}");
        response
    }
}

/// An instance of any region, as it is shown.
pub(crate) fn instance(caller: &mut Caller, id: &str) -> Value {
    let response = caller.anywhere("DescribeCompShareInstance", &[("UHostIds.0", id)]);
    assert_eq!(response["TotalCount"], 1, "{id}");
    response["UHostSet"][0].clone()
}

/// The state of an instance, as it is shown.
pub(crate) fn state(caller: &mut Caller, id: &str) -> String {
    instance(caller, id)["State"].as_str().expect("a state").to_owned()
}

/// A cloud disk of any region, as it is shown.
pub(crate) fn disk(caller: &mut Caller, id: &str) -> Value {
    let response = caller.anywhere("DescribeCompshareDisk", &[]);
    let rows = response["DiskSet"].as_array().expect("a list");
    rows.iter().find(|row| row["ResourceId"] == id).expect("the disk").clone()
}

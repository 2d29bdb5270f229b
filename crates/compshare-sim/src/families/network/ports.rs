//! Ports: of the software that the platform knows, and of containers.

use crate::call::parameters::parse_int;
use crate::families::prelude::*;

/// Software with its port.
const SOFTWARE: &[(&str, u16)] = &[
    ("JupyterLab", 8888),
    ("ComfyUI", 8188),
    ("StableDiffusionWebUI", 7860),
    ("FileBrowser", 8080),
    ("TensorBoard", 6006),
    ("VSCode", 8443),
    ("SSH", 22),
];

/// DescribeCompShareSoftwarePort: the same in every region.
pub(super) fn software(_: &mut State, _: &Call<'_>) -> Outcome {
    let rows: Vec<Value> = SOFTWARE
        .iter()
        .map(|(software, port)| json!({ "Software": software, "Port": port }))
        .collect();
    Ok(json!({ "SoftwarePort": rows }))
}

/// UpdateCompShareInstancePorts: of a container; a list that is left out stays as it is.
pub(super) fn update(state: &mut State, call: &Call<'_>) -> Outcome {
    let http = ports(call.parameters, "HttpPorts")?;
    let tcp = ports(call.parameters, "TcpPorts")?;
    let instance = state.own_instance(call)?;
    Refusal::when(!instance.container, "UHostId", "the instance is not a container")?;
    let id = instance.id.clone();
    let own = state.bandwidths.ports.entry(id.clone()).or_default();
    own.http = http.unwrap_or_else(|| std::mem::take(&mut own.http));
    own.tcp = tcp.unwrap_or_else(|| std::mem::take(&mut own.tcp));
    Ok(json!({ "UHostId": id }))
}

/// A list of the request, of numbers from 1 to 65535; `None` where it was not sent.
fn ports(sent: &Parameters, name: &str) -> Result<Option<Vec<u16>>, Refusal> {
    let port = |item| {
        let number = parse_int(item).and_then(|number| u16::try_from(number).ok());
        let port = number.filter(|port| *port > 0);
        port.ok_or_else(|| Refusal::unavailable(name, "ports are from 1 to 65535"))
    };
    sent.list(name).map(|items| items.into_iter().map(port).collect()).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::Caller;

    const UPDATE: &str = "UpdateCompShareInstancePorts";
    const CONTAINER: (&str, &str) = ("UHostId", "uhost-container");

    #[test]
    fn software_has_ports() {
        let response = Caller::new().ok("DescribeCompShareSoftwarePort", &[]);
        assert_eq!(response["SoftwarePort"][1], json!({ "Software": "ComfyUI", "Port": 8188 }));
    }

    #[test]
    fn lists_are_replaced_one_by_one() {
        let mut caller = Caller::new();
        let pairs =
            [CONTAINER, ("HttpPorts.0", "8188"), ("HttpPorts.1", "80"), ("TcpPorts.0", "23")];
        assert_eq!(caller.ok(UPDATE, &pairs)["UHostId"], CONTAINER.1);
        assert_eq!(caller.gateway.instance_ports(CONTAINER.1), (&[8188, 80][..], &[23][..]));
        caller.ok(UPDATE, &[CONTAINER, ("TcpPorts.0", "65535")]);
        assert_eq!(caller.gateway.instance_ports(CONTAINER.1), (&[8188, 80][..], &[65535][..]));
        caller.ok(UPDATE, &[CONTAINER, ("HttpPorts", "")]);
        assert_eq!(caller.gateway.instance_ports(CONTAINER.1), (&[][..], &[65535][..]));
    }

    #[test]
    fn only_containers_have_ports_and_only_good_ones() {
        let mut caller = Caller::new();
        for (id, name, value) in [
            ("uhost-xxxx", "HttpPorts.0", "80"),
            ("uhost-none", "HttpPorts.0", "80"),
            (CONTAINER.1, "HttpPorts.0", "0"),
            (CONTAINER.1, "TcpPorts.0", "65536"),
            (CONTAINER.1, "TcpPorts.0", "ssh"),
        ] {
            let (code, message) = caller.refused(UPDATE, &[("UHostId", id), (name, value)]);
            let list = name.trim_end_matches(".0");
            let parameter = if id == CONTAINER.1 { list } else { "UHostId" };
            assert_eq!(code, 230, "{id} {value}");
            assert!(message.contains(parameter), "{message}");
        }
        assert_eq!(caller.gateway.instance_ports(CONTAINER.1), (&[][..], &[][..]));
    }
}

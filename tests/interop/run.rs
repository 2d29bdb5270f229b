//! `Run`: each case by each client, one call at a time, against a fresh gateway.

use std::collections::BTreeSet;

use bytes::Bytes;
use compshare_blocking::Client;
use compshare_proto::{Config, Credentials, Encoding, Raw, Retry};
use compshare_sim::{Fault, Gateway, PRIVATE_KEY, PUBLIC_KEY, Seen, Sim};
use serde_json::{Map, Value, json};

use crate::{
    case::{Case, Command},
    ledger::{Ledger, Who},
    official::{CAUGHT, Reply, Sdk, Setup},
    wire::{Difference, Kind, Wire},
};

/// Values for what the typed SDK demands although it may be left out.
fn demanded(name: &str) -> Option<Value> {
    match name {
        "Zone" => Some(json!("cn-wlcb-01")),
        "Price" => Some(json!(0)),
        _ => None,
    }
}

/// Each case by each client.
pub(crate) struct Run<'a> {
    sim: &'a Sim,
    setup: &'a Setup,
    client: Client,
    sdk: Sdk,
    ledger: Ledger,
}

impl<'a> Run<'a> {
    pub(crate) fn new(sim: &'a Sim, setup: &'a Setup) -> Result<Self, String> {
        let mut once = Retry::default();
        once.attempts = 1;
        let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
            .retry(once)
            .endpoint(sim.endpoint());
        let client = config.and_then(Client::new).map_err(|error| error.to_string())?;
        Ok(Self { sim, setup, client, sdk: setup.sdk()?, ledger: Ledger::new() })
    }

    /// Makes every call of a case.
    pub(crate) fn case(&mut self, case: &Case) -> Result<(), String> {
        let Some(ours) = self.ours(case, case.with(&[])) else { return Ok(()) };
        self.ledger.enter(Who::Raw, case, Some(&ours), &BTreeSet::new());
        if let Some(send) = case.typed {
            self.reset(case, 1);
            // A refusal is seen by the simulator as well; what else can fail leaves no request.
            let result = send(&self.client_for(case));
            let reason = result.err().map(|error| error.to_string()).unwrap_or_default();
            let seen = self.sim.take_requests();
            self.compare(Who::Typed, case, &ours, BTreeSet::new(), &seen, &reason);
        }
        if case.encoding == Encoding::Form {
            self.sdk_named(Who::SdkInvoke, "invoke", case, &ours)?;
            self.sdk_typed(case)?;
        } else if case.script.is_none() {
            self.sdk_named(Who::SdkJson, "json", case, &ours)?;
        }
        match &case.cli {
            Some(command) => self.cli(case, command),
            None => Ok(()),
        }
    }

    /// Proves that the guard stops a CLI that reports to its maker.
    pub(crate) fn guard(&mut self) -> Result<(), String> {
        let case = Case::new("reports left on", "DescribeCompShareImageTags", json!({}));
        let outcome = self.setup.reporting_cli(&["image", "tags"])?;
        if outcome.code == Some(CAUGHT) {
            let why = outcome.text.lines().last().unwrap_or_default();
            println!("{:10}  stopped a CLI whose reports were left on ({why})", "guard");
        } else {
            let what = format!("the guard let a second process pass: {}", outcome.text);
            self.ledger.wrong(Who::Cli, &case, what);
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> bool {
        self.ledger.close()
    }

    /// Our call by `Raw`; enters what is wrong with it if anything is.
    fn ours(&mut self, case: &Case, parameters: Map<String, Value>) -> Option<Wire> {
        self.reset(case, 1);
        let raw = parameters
            .into_iter()
            .fold(Raw::new(case.action), |raw, (name, value)| raw.param(name, value));
        let result = self.client_for(case).send(raw);
        let reason = result.err().map(|error| error.to_string()).unwrap_or_default();
        let seen = self.sim.take_requests();
        let wrong = match seen.as_slice() {
            [seen] => {
                let wire = Wire::of(seen);
                let expected = case.script.is_none().then_some(case.ret_code);
                if wire.ret_code == expected && wire.unknown.is_empty() && wire.headers.stamped {
                    return Some(wire);
                }
                format!("answered {:?}, unknown {:?}: {reason}", wire.ret_code, wire.unknown)
            }
            _ => format!("{} requests: {reason}", seen.len()),
        };
        self.ledger.wrong(Who::Raw, case, wrong);
        None
    }

    /// A call of the SDK by the action's name.
    fn sdk_named(&mut self, who: Who, how: &str, case: &Case, ours: &Wire) -> Result<(), String> {
        self.reset(case, 1);
        let reply = self.sdk.call(how, case.action, &case.with(&[]))?;
        let seen = self.sim.take_requests();
        self.judge(who, case, ours, reply, BTreeSet::new(), &seen);
        Ok(())
    }

    /// The typed call, and where that demands more than needed, another one with what it demands.
    fn sdk_typed(&mut self, case: &Case) -> Result<(), String> {
        self.reset(case, 1);
        let mut parameters = case.with(&[]);
        let mut reply = self.sdk.call("typed", case.action, &parameters)?;
        let mut found = BTreeSet::new();
        if let Reply::Missing(names) = &reply {
            for name in names {
                found.insert(Difference::new(Kind::Demands, name));
                if let Some(value) = demanded(name) {
                    parameters.insert(name.clone(), value);
                }
            }
            reply = self.sdk.call("typed", case.action, &parameters)?;
        }
        let theirs = self.sim.take_requests();
        if matches!(reply, Reply::Absent) {
            found.insert(Difference::new(Kind::Absent, ""));
            self.ledger.enter(Who::SdkTyped, case, None, &found);
            return Ok(());
        }
        let Some(ours) = self.ours(case, parameters) else { return Ok(()) };
        self.judge(Who::SdkTyped, case, &ours, reply, found, &theirs);
        Ok(())
    }

    fn cli(&mut self, case: &Case, command: &Command) -> Result<(), String> {
        let (name, values) = command.spread.unwrap_or(("", &[""]));
        self.reset(case, 0);
        for (_, body) in command.before {
            self.answer_with(body);
        }
        self.script(case, values.len());
        let outcome = self.setup.cli(&[&[command.group], command.arguments.as_slice()].concat())?;
        let mut seen = self.sim.take_requests();
        let rest = seen.split_off(command.before.len().min(seen.len()));
        let asked = seen.iter().map(|seen| seen.action.as_str());
        let fits = asked.eq(command.before.iter().map(|(action, _)| *action));
        if outcome.code == Some(CAUGHT) || !fits || rest.len() != values.len() {
            let what = format!(
                "{} requests instead of {}, exit code {:?}: {}",
                seen.len() + rest.len(),
                command.before.len() + values.len(),
                outcome.code,
                outcome.text
            );
            self.ledger.wrong(Who::Cli, case, what);
            return Ok(());
        }
        for (seen, value) in rest.iter().zip(values) {
            let added = [(name, json!(value))];
            let parameters = case.with(if name.is_empty() { &[] } else { &added });
            let Some(ours) = self.ours(case, parameters) else { continue };
            let mut found = BTreeSet::new();
            if outcome.code != Some(0) && seen.ret_code == Some(0) {
                found.insert(Difference::new(Kind::Fails, ""));
            }
            self.compare(Who::Cli, case, &ours, found, std::slice::from_ref(seen), &outcome.text);
        }
        Ok(())
    }

    /// Compares what the SDK has just sent.
    fn judge(
        &mut self,
        who: Who,
        case: &Case,
        ours: &Wire,
        reply: Reply,
        mut found: BTreeSet<Difference>,
        seen: &[Seen],
    ) {
        let reason = match reply {
            Reply::Failed(reason) => {
                if seen.last().is_some_and(|seen| seen.ret_code == Some(0)) {
                    found.insert(Difference::new(Kind::Fails, ""));
                }
                reason
            }
            Reply::Missing(names) => format!("demands {}", names.join(", ")),
            Reply::Done | Reply::Refused | Reply::Absent => String::new(),
        };
        self.compare(who, case, ours, found, seen, &reason);
    }

    /// Compares what was to be one request; `reason` is why it may not be.
    fn compare(
        &mut self,
        who: Who,
        case: &Case,
        ours: &Wire,
        mut found: BTreeSet<Difference>,
        seen: &[Seen],
        reason: &str,
    ) {
        let [seen] = seen else {
            let what = format!("{} requests instead of one: {reason}", seen.len());
            return self.ledger.wrong(who, case, what);
        };
        let theirs = Wire::of(seen);
        found.extend(theirs.differences(ours));
        self.ledger.enter(who, case, Some(&theirs), &found);
    }

    /// Our client, with the encoding of the case.
    fn client_for(&self, case: &Case) -> Client {
        self.client.clone().with(|config| config.encoding(case.encoding))
    }

    /// A fresh gateway, so that no call finds what an earlier one did, and the answers to give.
    fn reset(&self, case: &Case, requests: usize) {
        self.sim.with_gateway(|gateway| *gateway = Gateway::new());
        drop(self.sim.take_requests());
        self.script(case, requests);
    }

    /// Has the next requests answered with the body of the case, if it has one.
    fn script(&self, case: &Case, requests: usize) {
        for body in std::iter::repeat_n(case.script, requests).flatten() {
            self.answer_with(body);
        }
    }

    fn answer_with(&self, body: &'static str) {
        let body = Bytes::from_static(body.as_bytes());
        self.sim.fault(Fault::Status { status: 200, retry_after: None, body });
    }
}

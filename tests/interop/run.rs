//! `Run`: each case by each client, one call at a time, against a fresh gateway.

use std::collections::BTreeSet;

use compshare_blocking::Client;
use compshare_proto::{
    Config, Credentials, Raw, RetryPolicy,
    metadata::{ActionInfo, Encoding},
};
use compshare_sim::{Gateway, PRIVATE_KEY, PUBLIC_KEY, RecordedRequest, Sim};
use serde_json::{Map, Value, json};

use crate::{
    case::{Case, Command, Given},
    ledger::{Ledger, Who},
    official::{CAUGHT, Cli, Exchange, Outcome, Sdk, Setup},
    time::Time,
    wire::{Difference, Kind, Wire},
};

/// Values for what the typed SDK demands although it may be left out.
fn demanded(name: &str) -> Option<Value> {
    match name {
        "Region" => Some(json!("cn-wlcb")),
        "Zone" => Some(json!("cn-wlcb-01")),
        "Price" => Some(json!(0)),
        "ProjectId" => Some(json!("org-xxxx")),
        "MachineType" => Some(json!("G")),
        "BeginTime" => Some(json!(1_760_000_000)),
        "EndTime" => Some(json!(1_900_000_000)),
        "TopOrganizationID" | "OrganizationID" => Some(json!(12345)),
        _ => None,
    }
}

/// Each case by each client.
pub(crate) struct Run<'a> {
    sim: &'a Sim,
    time: &'a Time,
    setup: &'a Setup,
    client: Client,
    sdk: Sdk,
    cli: Cli,
    ledger: Ledger,
}

impl<'a> Run<'a> {
    pub(crate) fn new(sim: &'a Sim, time: &'a Time, setup: &'a Setup) -> Result<Self, String> {
        let mut once = RetryPolicy::default();
        once.attempts = 1;
        let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY))
            .retry(once)
            .endpoint(sim.endpoint());
        let client = config.and_then(Client::new).map_err(|error| error.to_string())?;
        Ok(Self {
            sim,
            time,
            setup,
            client,
            sdk: setup.sdk()?,
            cli: setup.cli()?,
            ledger: Ledger::new(),
        })
    }

    /// Makes every call of a case.
    pub(crate) fn case(&mut self, case: &Case) -> Result<(), String> {
        let Some(ours) = self.ours(case, case.with(&[]))? else { return Ok(()) };
        self.ledger.enter(Who::Raw, case, Some(&ours), &BTreeSet::new());
        if let Some(send) = case.typed {
            self.reset(case)?;
            // A refusal is seen by the simulator as well; what else can fail leaves no request.
            let result = send(&self.client_for(case));
            let reason = result.err().map(|error| error.to_string()).unwrap_or_default();
            let recorded = self.sim.take_requests();
            self.compare(Who::Typed, case, &ours, BTreeSet::new(), &recorded, &reason);
        }
        // The SDK itself knows forms only, for actions that need JSON as well.
        let native =
            ActionInfo::find(case.action).is_some_and(|info| info.encoding == Encoding::Json);
        if case.encoding == Encoding::Form || native {
            self.sdk_named(Who::SdkInvoke, "invoke", case, &ours)?;
            self.sdk_typed(case)?;
        }
        if case.encoding == Encoding::Json {
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
        let (code, text) = self.setup.reporting_cli(&["image", "tags"])?;
        if code == Some(CAUGHT) {
            let why = text.lines().last().unwrap_or_default();
            println!("{:10}  stopped a CLI whose reports were left on ({why})", "guard");
        } else {
            let what = format!("the guard let a second process pass: {text}");
            self.ledger.wrong(Who::Cli, &case, what);
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> bool {
        self.ledger.close()
    }

    /// Our call by `Raw`; enters what is wrong with it if anything is.
    fn ours(
        &mut self,
        case: &Case,
        parameters: Map<String, Value>,
    ) -> Result<Option<Wire>, String> {
        self.reset(case)?;
        let result = self.client_for(case).send(raw(case.action, parameters));
        let reason = result.err().map(|error| error.to_string()).unwrap_or_default();
        let recorded = self.sim.take_requests();
        let wrong = match recorded.as_slice() {
            [recorded] => {
                let wire = Wire::of(recorded);
                if wire.ret_code == Some(case.ret_code)
                    && wire.unknown.is_empty()
                    && wire.headers.stamped
                {
                    return Ok(Some(wire));
                }
                format!("answered {:?}, unknown {:?}: {reason}", wire.ret_code, wire.unknown)
            }
            _ => format!("{} requests: {reason}", recorded.len()),
        };
        self.ledger.wrong(Who::Raw, case, wrong);
        Ok(None)
    }

    /// A call of the SDK by the action's name.
    fn sdk_named(&mut self, who: Who, how: &str, case: &Case, ours: &Wire) -> Result<(), String> {
        self.reset(case)?;
        let exchange = self.sdk.call(how, case.action, &case.with(&[]))?;
        let recorded = self.sim.take_requests();
        self.judge(who, case, ours, exchange, BTreeSet::new(), &recorded);
        Ok(())
    }

    /// The typed call, and where that demands more than needed, another one with what it demands.
    fn sdk_typed(&mut self, case: &Case) -> Result<(), String> {
        self.reset(case)?;
        let mut parameters = case.with(&[]);
        let mut exchange = self.sdk.call("typed", case.action, &parameters)?;
        let mut found = BTreeSet::new();
        // It may name only some of them at a time.
        while let Exchange::Missing(names) = &exchange {
            let known = found.len();
            for name in names {
                found.insert(Difference::new(Kind::Demands, name));
                if let Some(value) = demanded(name) {
                    parameters.insert(name.clone(), value);
                }
            }
            if found.len() == known {
                break;
            }
            exchange = self.sdk.call("typed", case.action, &parameters)?;
        }
        let theirs = self.sim.take_requests();
        match exchange {
            Exchange::Absent => drop(found.insert(Difference::new(Kind::Absent, ""))),
            // It cannot be satisfied.
            Exchange::Missing(_) => {}
            exchange => {
                let Some(ours) = self.ours(case, parameters)? else { return Ok(()) };
                self.judge(Who::SdkTyped, case, &ours, exchange, found, &theirs);
                return Ok(());
            }
        }
        self.ledger.enter(Who::SdkTyped, case, None, &found);
        Ok(())
    }

    fn cli(&mut self, case: &Case, command: &Command) -> Result<(), String> {
        let (name, values) = command.spread.unwrap_or(("", &[""]));
        self.reset(case)?;
        let outcome = self.cli.run(&command.arguments)?;
        let recorded = self.sim.take_requests();
        let asked: Vec<&str> = recorded.iter().map(|recorded| recorded.action.as_str()).collect();
        let expected = [command.before, &vec![case.action; values.len()], command.after].concat();
        let failed = recorded.iter().find(|recorded| recorded.ret_code != Some(0));
        let unsaid = command.shows.iter().find(|text| !outcome.text.contains(**text));
        let wrong = match unsaid {
            _ if asked != expected => Some(format!("calls {asked:?} instead of {expected:?}")),
            Some(text) => Some(format!("does not show {text}")),
            None => None,
        };
        if let Some(wrong) = wrong {
            let Outcome { code, text } = outcome;
            self.ledger.wrong(Who::Cli, case, format!("{wrong}, exit code {code}: {text}"));
            return Ok(());
        }
        for (recorded, value) in recorded.iter().skip(command.before.len()).zip(values) {
            let added = [(name, json!(value))];
            let parameters = case.with(if name.is_empty() { &[] } else { &added });
            let Some(ours) = self.ours(case, parameters)? else { continue };
            let mut found = BTreeSet::new();
            if (outcome.code == 0) != failed.is_none() {
                found.insert(Difference::new(Kind::Fails, ""));
            }
            self.compare(
                Who::Cli,
                case,
                &ours,
                found,
                std::slice::from_ref(recorded),
                &outcome.text,
            );
        }
        Ok(())
    }

    /// Compares what the SDK has just sent.
    fn judge(
        &mut self,
        who: Who,
        case: &Case,
        ours: &Wire,
        exchange: Exchange,
        mut found: BTreeSet<Difference>,
        recorded: &[RecordedRequest],
    ) {
        let reason = match exchange {
            Exchange::Failed(reason) => {
                if recorded.last().is_some_and(|recorded| recorded.ret_code == Some(0)) {
                    found.insert(Difference::new(Kind::Fails, ""));
                }
                reason
            }
            Exchange::Missing(names) => format!("demands {}", names.join(", ")),
            Exchange::Done | Exchange::Refused | Exchange::Absent => String::new(),
        };
        self.compare(who, case, ours, found, recorded, &reason);
    }

    /// Compares what was to be one request; `reason` is why it may not be.
    fn compare(
        &mut self,
        who: Who,
        case: &Case,
        ours: &Wire,
        mut found: BTreeSet<Difference>,
        recorded: &[RecordedRequest],
        reason: &str,
    ) {
        let [recorded] = recorded else {
            let what = format!("{} requests instead of one: {reason}", recorded.len());
            return self.ledger.wrong(who, case, what);
        };
        let theirs = Wire::of(recorded);
        found.extend(theirs.differences(ours));
        self.ledger.enter(who, case, Some(&theirs), &found);
    }

    /// Our client, with the encoding of the case.
    fn client_for(&self, case: &Case) -> Client {
        self.client.clone().with(|config| config.encoding(case.encoding))
    }

    /// A fresh gateway, so that no call finds what an earlier one did, with what the case needs.
    fn reset(&self, case: &Case) -> Result<(), String> {
        self.sim.with_gateway(|gateway| *gateway = Gateway::new());
        self.time.hurry(0);
        for given in &case.given {
            match given {
                Given::Call(action, parameters) => {
                    let parameters = parameters.as_object().cloned().unwrap_or_default();
                    let sent = self.client.send(raw(action, parameters));
                    sent.map_err(|error| format!("cannot prepare {}: {error}", case.name))?;
                }
                Given::Seconds(seconds) => self.time.pass(*seconds),
            }
        }
        self.time.hurry(case.hurry);
        drop(self.sim.take_requests());
        Ok(())
    }
}

/// The action with these parameters.
fn raw(action: &str, parameters: Map<String, Value>) -> Raw {
    parameters.into_iter().fold(Raw::new(action), |raw, (name, value)| raw.param(name, value))
}

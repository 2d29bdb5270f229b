//! `Report`: a soak's numbers, and whether what must hold did.

use std::{collections::HashMap, fmt, time::Duration};

use compshare_proto::{Delivery, Effect};

use crate::{
    dice::Fate,
    lane::Lane,
    soak::{CALL, Ending, Executed, Told},
};

/// How much longer than its time a call may take.
const SLACK: Duration = Duration::from_millis(250);

/// What callers and the simulator saw.
pub(crate) struct Report {
    pub(crate) lane: Lane,
    pub(crate) seed: u64,
    pub(crate) told: Vec<Told>,
    pub(crate) seen: HashMap<usize, Vec<Executed>>,
    /// How late a thread was woken at worst.
    pub(crate) late: Duration,
    pub(crate) time: Duration,
    pub(crate) connections: usize,
}

#[derive(Default)]
struct Count {
    calls: usize,
    done: usize,
    not_sent: usize,
    maybe_sent: usize,
    answered: usize,
    fair: usize,
    fair_done: usize,
    executions: usize,
    /// Calls that were executed, however often.
    executed: usize,
    /// Executions of calls that were reported as failed.
    executed_though_failed: usize,
}

impl Report {
    fn executions(&self, call: usize) -> usize {
        let seen = self.seen.get(&call).map_or(&[][..], Vec::as_slice);
        seen.iter().filter(|seen| seen.executed).count()
    }

    fn count(&self, effect: Effect) -> Count {
        let mut count = Count::default();
        for told in &self.told {
            let fate = Fate::of(self.seed, told.call);
            if fate.effect != effect {
                continue;
            }
            let done = matches!(told.ending, Ending::Done(_));
            let executions = self.executions(told.call);
            count.calls += 1;
            count.fair += usize::from(fate.is_fair());
            count.fair_done += usize::from(fate.is_fair() && done);
            count.executions += executions;
            count.executed += usize::from(executions > 0);
            count.executed_though_failed += if done { 0 } else { executions };
            match told.ending {
                Ending::Done(_) => count.done += 1,
                Ending::Failed(Delivery::NotSent, _) => count.not_sent += 1,
                Ending::Failed(Delivery::MaybeSent, _) => count.maybe_sent += 1,
                Ending::Failed(Delivery::Answered, _) => count.answered += 1,
            }
        }
        count
    }

    /// Everything that does not hold and must.
    pub(crate) fn broken(&self) -> Vec<String> {
        let mut broken = Vec::new();
        for told in &self.told {
            let Told { call, ending, elapsed } = told;
            let fate = Fate::of(self.seed, *call);
            let executions = self.executions(*call);
            let mut say = |what: &str| {
                let (effect, troubles) = (fate.effect, &fate.troubles);
                let ended = match ending {
                    Ending::Done(_) => "done".to_owned(),
                    Ending::Failed(delivery, text) => format!("{delivery:?}, {text}"),
                };
                broken.push(format!("call {call} ({effect:?}, {troubles:?}, {ended}): {what}"));
            };
            if *elapsed > CALL + SLACK + self.late {
                say(&format!("it took {elapsed:?}"));
            }
            if fate.effect == Effect::Once && executions > 1 {
                say(&format!("it was executed {executions} times"));
            }
            match ending {
                Ending::Done(_) if executions == 0 => say("it was never executed"),
                Ending::Failed(Delivery::NotSent, _) if executions > 0 => say("it was executed"),
                Ending::Done(id) => {
                    let seen = self.seen.get(call).map_or(&[][..], Vec::as_slice);
                    if !seen.iter().any(|seen| Some(&seen.request_id) == id.as_ref()) {
                        say("the response is to another request");
                    }
                }
                Ending::Failed(..) => {}
            }
        }
        for effect in [Effect::Read, Effect::Idempotent] {
            let Count { fair, fair_done, .. } = self.count(effect);
            // 99.9 %; of less than a thousand, all.
            if (fair - fair_done) * 1000 > fair {
                broken.push(format!("{effect:?}: {fair_done} of {fair} with a chance succeeded"));
            }
        }
        broken
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (lane, seed, calls) = (self.lane, self.seed, self.told.len());
        let requests: usize = self.seen.values().map(Vec::len).sum();
        writeln!(
            f,
            "{lane}, seed {seed}: {calls} calls in {:.1} s, {} connections, {requests} requests at the \
             simulator",
            self.time.as_secs_f64(),
            self.connections
        )?;
        for effect in [Effect::Read, Effect::Idempotent, Effect::Once] {
            let count = self.count(effect);
            // Of what may act once there is no telling how many ought to succeed.
            let chance = match effect {
                Effect::Once => String::new(),
                _ => format!("{} of {} with a chance; ", count.fair_done, count.fair),
            };
            writeln!(
                f,
                "  {effect:?}: {} calls: {} done, {} not sent, {} maybe sent, {} answered; {chance}{} \
                 executions of {} calls, {} of them of failed ones",
                count.calls,
                count.done,
                count.not_sent,
                count.maybe_sent,
                count.answered,
                count.executions,
                count.executed,
                count.executed_though_failed
            )?;
        }
        let longest = self.told.iter().map(|told| told.elapsed).max().unwrap_or_default();
        write!(
            f,
            "  longest call {longest:.3?} of {CALL:?} allowed; a sleeping thread was woken {:.3?} late at \
             worst",
            self.late
        )
    }
}

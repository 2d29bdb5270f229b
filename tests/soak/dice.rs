//! `Dice`: numbers that follow from a seed, so that a run can be repeated.

use std::time::Duration;

use compshare_proto::Effect;

use crate::trouble::Trouble;

/// Splitmix64.
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one thing among those of a run.
    pub(crate) fn new(seed: u64, thing: u64) -> Self {
        let mut dice = Self(seed ^ thing.wrapping_mul(0xd134_2543_de82_ef95));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below that one.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True so many times of a thousand.
    pub(crate) fn chance(&mut self, per_thousand: u64) -> bool {
        self.below(1000) < per_thousand
    }
}

/// Longer than an attempt may take; see [`crate::lane::ATTEMPT`].
pub(crate) const TOO_LONG: Duration = Duration::from_millis(700);

/// A second of the server's where things are created once, so that a soak does not take days.
pub(crate) const SECOND: Duration = Duration::from_millis(30);

/// What the fault plan has in store for one call.
pub(crate) struct Fate {
    pub(crate) effect: Effect,
    /// What happens to its attempts, in order; nothing to those after them.
    pub(crate) troubles: Vec<Trouble>,
    /// Whether every attempt hangs.
    pub(crate) failed: bool,
    /// Whether a trouble is among them after which nobody may try again, such as a page of HTML.
    pub(crate) fatal: bool,
}

impl Fate {
    /// The fate of a call, from the run's seed and the call's number.
    pub(crate) fn of(seed: u64, call: usize) -> Self {
        let dice = &mut Dice::new(seed, call as u64);
        let effect = [Effect::Read, Effect::Idempotent, Effect::Once][dice.below(3) as usize];
        let failed = dice.chance(8);
        let mut fate = Self { effect, troubles: Vec::new(), failed, fatal: false };
        while !failed && fate.troubles.len() < 2 && dice.chance(300) {
            let (trouble, fatal) = trouble(dice, effect);
            fate.troubles.push(trouble);
            fate.fatal |= fatal;
        }
        fate
    }

    /// What happens to a request of a call that creates once, counted from zero; its polls are among them.
    pub(crate) fn of_request(seed: u64, call: usize, request: usize, is_poll: bool) -> Trouble {
        if Dice::new(seed, call as u64).chance(8) {
            return Trouble::DelayRequest(TOO_LONG);
        }
        let dice = &mut Dice::new(seed.rotate_left(16) ^ call as u64, request as u64);
        let effect = if is_poll { Effect::Read } else { Effect::Once };
        match (dice.chance(300), effect) {
            (true, _) => trouble(dice, effect).0,
            (false, Effect::Once) => {
                let seconds = dice.below(91) as u32;
                Trouble::Slow { time: SECOND * seconds, limit: SECOND * 60 }
            }
            (false, _) => Trouble::None,
        }
    }

    /// Whether the plan leaves the call a chance in time.
    pub(crate) fn is_fair(&self) -> bool {
        !self.failed && !self.fatal
    }

    /// What happens to that attempt, counted from zero.
    pub(crate) fn trouble(&self, attempt: usize) -> Trouble {
        if self.failed {
            return Trouble::DelayRequest(TOO_LONG);
        }
        self.troubles.get(attempt).cloned().unwrap_or(Trouble::None)
    }
}

/// One trouble, and whether it is fatal.
fn trouble(dice: &mut Dice, effect: Effect) -> (Trouble, bool) {
    let bytes = dice.below(400) as usize;
    let reset = dice.chance(500);
    let trouble = match dice.below(20) {
        0 | 1 => Trouble::ResetUnread,
        2 | 3 => Trouble::CutRequest { bytes, reset },
        4 | 5 => Trouble::CutAnswer { bytes, reset },
        6 => Trouble::CutAnswer { bytes: 0, reset },
        7 => Trouble::DelayRequest(TOO_LONG),
        8 => Trouble::DelayAnswer(TOO_LONG),
        9 => Trouble::DelayAnswer(Duration::from_millis(bytes as u64 / 8)),
        // A network that sends twice is beyond any client: not where it would count.
        10 if effect != Effect::Once => Trouble::Duplicate,
        10 | 11 => Trouble::garbage(reset),
        12 => Trouble::Drip(Duration::from_millis(5)),
        13 => Trouble::Hang(TOO_LONG),
        14 => Trouble::status(503, ""),
        15 => Trouble::status(502, ""),
        16 => Trouble::status(429, "retry-after: 0\r\n"),
        17 => return (Trouble::Huge { bytes: 1 << 30 }, true),
        18 => return (Trouble::page(), true),
        _ => return (Trouble::status(307, "location: http://127.0.0.1:9/\r\n"), true),
    };
    (trouble, false)
}

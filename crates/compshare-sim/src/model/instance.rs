//! `Instance`: what the gateway keeps of an instance, and how it changes as time passes.

use std::{collections::VecDeque, fmt::Display};

use compshare_proto::Secret;
use serde_json::Value;

use super::{
    ChargeType,
    row::{Field, Row as _, row},
};
use crate::call::Refusal;

/// Seconds that a new instance is `Initializing`.
const INITIALIZING: i64 = 10;
/// Seconds after which a created or started instance runs.
const STARTING: i64 = 30;
/// Seconds that a shutdown takes.
const STOPPING: i64 = 10;
/// Seconds that a reboot and a resize take.
const CHANGING: i64 = 20;
/// Seconds after which an instance billed by use that is shut down is reclaimed.
const KEPT_WHILE_OFF: i64 = 7 * 86_400;

/// What state an instance is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InstanceState {
    /// Being created.
    Initializing,
    /// Starting up.
    Starting,
    /// Running.
    Running,
    /// Shutting down.
    Stopping,
    /// Shut down.
    Stopped,
    /// Its creation or installation failed.
    InstallFail,
    /// Rebooting.
    Rebooting,
    /// Being resized.
    Resizing,
    /// Being reinstalled.
    Reinstalling,
}

names! { pub InstanceState:
   Initializing, Starting, Running, Stopping, Stopped, InstallFail = "Install Fail", Rebooting,
   Resizing, Reinstalling,
}

/// Size at which an instance runs without a GPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WithoutGpu {
    /// 2 cores, 8 GB.
    A,
    /// 8 cores, 32 GB.
    B,
}

names! { pub(crate) WithoutGpu: A, B }

impl WithoutGpu {
    /// CPU cores.
    pub fn cpu(self) -> i64 {
        match self {
            Self::A => 2,
            Self::B => 8,
        }
    }

    /// Memory in MB.
    pub fn memory_mb(self) -> i64 {
        self.cpu() * 4096
    }
}

row! {
    /// An instance: a virtual machine, or a container where its image is one.
    ///
    /// ```
    /// use compshare_sim::{COMPANY_ID, Gateway, Instance, InstanceState};
    ///
    /// let mut gateway = Gateway::new();
    /// let mut instance = Instance::new("uhost-test", "test", COMPANY_ID);
    /// instance.state = InstanceState::Stopped;
    /// gateway.add_instance(instance);
    /// assert_eq!(gateway.instance("uhost-test").map(|instance| instance.gpu), Some(1));
    /// ```
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub struct Instance {
        /// Instance id; `cpod-` and so on in a container zone, else `uhost-` and so on.
        pub id: String,
        /// Company that it belongs to.
        pub owner: i64,
        /// Name.
        pub name: String,
        /// Business group.
        pub tag: String = "Default".into(),
        /// Remark.
        pub remark: String,
        /// Region.
        pub region: String = "cn-wlcb".into(),
        /// Zone.
        pub zone: String = "cn-wlcb-01".into(),
        /// State.
        pub state: InstanceState = InstanceState::Running,
        /// GPU model.
        pub gpu_type: String = "4090".into(),
        /// Number of GPUs.
        pub gpu: i64 = 1,
        /// CPU cores.
        pub cpu: i64 = 16,
        /// Memory in MB.
        pub memory_mb: i64 = 65_536,
        /// CPU platform.
        pub cpu_platform: String = "Amd/Epyc3".into(),
        /// Whether it runs without a GPU, or will when it is started, and at which size.
        pub without_gpu: Option<WithoutGpu>,
        /// Image that it was created from.
        pub image_id: String = "compshareImage-vm".into(),
        /// Whether it is a container; otherwise it is a virtual machine.
        pub container: bool,
        /// Password to log in with.
        pub password: Secret = Secret::new("Password1"),
        /// Firewall; empty for the default one.
        pub security_group_id: String,
        /// Whether US3 is mounted.
        pub us3: bool,
        /// Whether its GPUs are idle.
        pub idle: bool,
        /// How it is billed.
        pub charge_type: ChargeType = ChargeType::Postpay,
        /// When it was created, in Unix seconds.
        pub create_time: i64,
        /// End of the paid period, in Unix seconds; 0 if it is billed by use.
        pub expire_time: i64,
        /// When it last began to run, in Unix seconds; 0 for never.
        pub start_time: i64,
        /// When it was last shut down, in Unix seconds; 0 for never.
        pub stop_time: i64,
        /// When its state last changed, in Unix seconds.
        pub update_time: i64,
        /// Time of the planned shutdown, in Unix seconds; 0 for none.
        pub scheduled_stop: i64,
        /// Number that its addresses are derived from.
        pub serial: u32,
        /// States to come, each with its time.
        pub(crate) steps: VecDeque<(i64, InstanceState)>,
    }
}

impl Field for Instance {
    fn parse(row: &Value) -> Option<Self> {
        Some(Self::read(row))
    }
}

impl Field for Option<WithoutGpu> {}
impl Field for VecDeque<(i64, InstanceState)> {}

impl Instance {
    /// Creates a running virtual machine in cn-wlcb-01 with one 4090, billed by use.
    pub fn new(id: impl Into<String>, name: impl Into<String>, owner: i64) -> Self {
        Self { id: id.into(), owner, name: name.into(), ..Self::first() }
    }

    /// Whether an operation is in progress.
    pub fn is_busy(&self) -> bool {
        !self.steps.is_empty()
    }

    /// Whether it is in a container zone.
    pub fn is_pod(&self) -> bool {
        self.id.starts_with("cpod-")
    }

    /// Whether it runs without a GPU now.
    pub fn runs_without_gpu(&self) -> bool {
        self.without_gpu.is_some()
    }

    /// Whether the paid period is over.
    pub fn is_expired(&self, now: i64) -> bool {
        self.expire_time != 0 && self.expire_time <= now
    }

    /// Number of cards that it occupies: none while it is shut down and billed by use.
    pub(crate) fn cards(&self) -> i64 {
        if self.is_off_by_use() { 0 } else { self.gpu }
    }

    /// When the platform reclaims it, in Unix seconds; 0 where it does not.
    pub(crate) fn release_time(&self) -> i64 {
        let is_kept = self.is_off_by_use() && self.stop_time != 0;
        if is_kept { self.stop_time.saturating_add(KEPT_WHILE_OFF) } else { 0 }
    }

    fn is_off_by_use(&self) -> bool {
        self.state == InstanceState::Stopped
            && matches!(self.charge_type, ChargeType::Postpay | ChargeType::Spot)
    }

    /// Its IP address in a network, of which the first two numbers are given.
    pub(crate) fn ip(&self, network: &str) -> String {
        format!("{network}.{}.{}", self.serial / 250 % 250, self.serial % 250 + 1)
    }

    /// Its public IP address.
    pub(crate) fn public_ip(&self) -> String {
        self.ip("117.50")
    }

    /// Id of its public IP address.
    pub(crate) fn eip_id(&self) -> String {
        format!("eip-{}", self.id.split_once('-').map_or("", |(_, rest)| rest))
    }

    /// Whether it has a public IP address of its own; a container zone shares one.
    pub(crate) fn has_eip(&self) -> bool {
        !self.is_pod()
    }

    fn refuse(&self, code: i64, why: impl Display) -> Refusal {
        Refusal::new(code, format!("[UHostId] {} is {}; {why}", self.id, self.state.as_str()))
    }

    /// 8905: another operation is running, or the state does not allow this one.
    pub(crate) fn wrong_state(&self) -> Refusal {
        if self.is_busy() {
            let (id, state) = (&self.id, self.state.as_str());
            return Refusal::new(8905, format!("InstanceOperationInProgress: {id} is {state}"));
        }
        self.refuse(8905, "the action is not allowed in this state")
    }

    /// 8905: the instance is in none of these states.
    pub(crate) fn must_be(&self, states: &[InstanceState]) -> Result<(), Refusal> {
        let names: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
        let why = format!("it must be {}", names.join(" or "));
        if states.contains(&self.state) { Ok(()) } else { Err(self.refuse(8905, why)) }
    }

    /// Refuses, with that code, an instance that is not shut down.
    pub(crate) fn must_be_stopped(&self, code: i64) -> Result<(), Refusal> {
        let is_stopped = self.state == InstanceState::Stopped;
        if is_stopped { Ok(()) } else { Err(self.refuse(code, "stop it first")) }
    }

    /// 226602: the paid period is over.
    pub(crate) fn must_not_be_expired(&self, now: i64) -> Result<(), Refusal> {
        let why = format!("[UHostId] {} has expired; renew it first", self.id);
        Refusal::new_if(self.is_expired(now), 226_602, why)
    }

    /// Begins a creation, which ends in `Install Fail` if `fails`.
    pub(crate) fn create(&mut self, now: i64, fails: bool) {
        let starts = (INITIALIZING, InstanceState::Starting);
        self.go(now, InstanceState::Initializing, &[starts, (STARTING, installed(fails))]);
    }

    /// Starts up.
    pub(crate) fn start(&mut self, now: i64) {
        self.go(now, InstanceState::Starting, &[(STARTING, InstanceState::Running)]);
    }

    /// Shuts down.
    pub(crate) fn stop(&mut self, now: i64) {
        self.go(now, InstanceState::Stopping, &[(STOPPING, InstanceState::Stopped)]);
    }

    /// Reboots.
    pub(crate) fn reboot(&mut self, now: i64) {
        self.go(now, InstanceState::Rebooting, &[(CHANGING, InstanceState::Running)]);
    }

    /// Begins a reinstallation, which ends in `Install Fail` if `fails`.
    pub(crate) fn reinstall(&mut self, now: i64, fails: bool) {
        self.go(now, InstanceState::Reinstalling, &[(STARTING, installed(fails))]);
    }

    /// Begins a resize; the instance is stopped afterwards, as before.
    pub(crate) fn resize(&mut self, now: i64) {
        self.go(now, InstanceState::Resizing, &[(CHANGING, InstanceState::Stopped)]);
    }

    /// Enters a state at once, and each of the others that many seconds later.
    pub(crate) fn go(&mut self, now: i64, state: InstanceState, later: &[(i64, InstanceState)]) {
        self.steps = later.iter().map(|(after, to)| (now.saturating_add(*after), *to)).collect();
        self.state = state;
        self.update_time = now;
    }

    /// Applies what is due: operations end, and a planned or expired instance shuts down.
    pub(crate) fn settle(&mut self, now: i64) {
        while let Some(time) = self.next_event().filter(|time| *time <= now) {
            if let Some((_, state)) = self.steps.front().copied().filter(|(due, _)| *due == time) {
                self.steps.pop_front();
                self.arrive(time, state);
            } else {
                if self.scheduled_stop == time {
                    self.scheduled_stop = 0;
                }
                if self.is_up() {
                    self.stop(time);
                }
            }
        }
    }

    fn arrive(&mut self, time: i64, state: InstanceState) {
        if state == InstanceState::Stopped && self.state == InstanceState::Stopping {
            self.stop_time = time;
        }
        if state == InstanceState::Running {
            self.start_time = time;
        }
        self.state = state;
        self.update_time = time;
    }

    /// The next time at which something happens by itself.
    fn next_event(&self) -> Option<i64> {
        let step = self.steps.front().map(|(time, _)| *time);
        let planned = Some(self.scheduled_stop).filter(|time| *time != 0);
        let over = Some(self.expire_time).filter(|time| *time != 0 && self.is_up());
        [step, planned, over].into_iter().flatten().min()
    }

    fn is_up(&self) -> bool {
        [InstanceState::Running, InstanceState::Starting, InstanceState::Rebooting]
            .contains(&self.state)
    }
}

/// The state after an installation.
const fn installed(fails: bool) -> InstanceState {
    if fails { InstanceState::InstallFail } else { InstanceState::Running }
}

#[cfg(test)]
mod tests;

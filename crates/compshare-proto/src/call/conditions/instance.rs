//! Conditions of an instance: it reaches a state, or it is gone.

use super::{Missing, Place, Sightings, never_listed};
use crate::{
    api::{
        actions::{DescribeCompShareInstance, DescribeCompShareInstanceResponse},
        types::{CompShareInstanceSet, InstanceState},
    },
    call::poll::{Condition, PollState},
    codec::response::Response,
    error::ApiError,
};

/// RetCodes of a poll that say that the instance itself does not exist: "the host is deleted and cannot be
/// recovered".
///
/// Others that say "not found" are about something else: the action (161), the project (292), a disk
/// (17041), an image (8956) or any resource (4210).
const DELETED: [i64; 1] = [8039];

/// The instance that a condition polls.
#[derive(Clone, Debug)]
struct Polled {
    uhost_id: String,
    place: Place,
    sightings: Sightings,
}

/// What a poll says about the instance.
enum Found<'a> {
    Row(&'a CompShareInstanceSet),
    Missing(Missing),
    /// The response proves nothing, and why.
    Unproven(&'static str),
}

impl Polled {
    fn new(uhost_id: String) -> Self {
        Self { uhost_id, place: Place::default(), sightings: Sightings::default() }
    }

    fn of(instance: &CompShareInstanceSet) -> Self {
        let place = Place::of(instance);
        // Where it is not known where the instance is, a poll may not list it though it exists.
        let is_placed = place.region.is_some();
        let sightings = if is_placed { Sightings::of_known() } else { Sightings::default() };
        Self { uhost_id: instance.uhost_id.clone(), place, sightings }
    }

    /// Polls elsewhere, where the instance has yet to be seen.
    fn at(mut self, change: impl FnOnce(&mut Place)) -> Self {
        change(&mut self.place);
        self.sightings = Sightings::default();
        self
    }

    fn action(&self) -> DescribeCompShareInstance {
        let mut action = DescribeCompShareInstance::new().uhost_ids([self.uhost_id.as_str()]);
        action.region.clone_from(&self.place.region);
        action.zone.clone_from(&self.place.zone);
        action.project_id.clone_from(&self.place.project_id);
        action
    }

    fn see<'a>(&mut self, response: &'a Response<DescribeCompShareInstanceResponse>) -> Found<'a> {
        let rows = &response.uhost_set;
        if let Some(row) = rows.iter().find(|row| row.uhost_id == self.uhost_id) {
            self.sightings.listed();
            return Found::Row(row);
        }
        let why = match response.total_count {
            _ if response.may_hide("UHostSet", "UHostId", &[]) => "has rows that cannot be read",
            Some(0) if rows.is_empty() => return Found::Missing(self.sightings.missing()),
            None if rows.is_empty() => "does not say how many instances there are",
            _ => "counts more than it lists",
        };
        self.sightings.unproven();
        Found::Unproven(why)
    }

    /// What a refused poll says; `None` unless the refusal is about the instance.
    fn refused(&mut self, refusal: &ApiError) -> Option<Missing> {
        let code = refusal.ret_code()?.number();
        DELETED.contains(&code).then(|| self.sightings.missing())
    }

    fn not_listed(&self) -> String {
        format!("{} is not listed", self.uhost_id)
    }

    fn unproven(&self, why: &str) -> String {
        format!("the response does not list {}, and {why}", self.uhost_id)
    }
}

/// An instance reaches a state. The wait returns the instance, and fails if its installation failed or it is
/// gone. [`of`](Self::of) polls where the instance is;
/// [`new`](Self::new) polls in the client's region and zone.
///
/// ```
/// use compshare_proto::{conditions::InstanceReaches, types::InstanceState};
///
/// let running = InstanceReaches::new("uhost-xxxx", InstanceState::Running).region("cn-wlcb");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until a client waits for it"]
pub struct InstanceReaches {
    polled: Polled,
    state: InstanceState,
}

impl InstanceReaches {
    /// The condition that the instance of that id is in that state.
    pub fn new(uhost_id: impl Into<String>, state: InstanceState) -> Self {
        Self { polled: Polled::new(uhost_id.into()), state }
    }

    /// The condition that this instance is in that state; polls in its region and zone.
    pub fn of(instance: &CompShareInstanceSet, state: InstanceState) -> Self {
        Self { polled: Polled::of(instance), state }
    }

    /// Polls in that region instead of the client's.
    pub fn region(self, region: impl Into<String>) -> Self {
        let polled = self.polled.at(|place| place.region = Some(region.into()));
        Self { polled, ..self }
    }

    /// Polls in that zone instead of the client's.
    pub fn zone(self, zone: impl Into<String>) -> Self {
        let polled = self.polled.at(|place| place.zone = Some(zone.into()));
        Self { polled, ..self }
    }

    /// Polls in that project instead of the client's; an instance does not say which it is in.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.polled.place.project_id = Some(project_id.into());
        self
    }

    fn missing(&self, missing: &Missing) -> PollState<CompShareInstanceSet> {
        let id = &self.polled.uhost_id;
        match missing {
            Missing::NotYet => PollState::Pending(self.polled.not_listed()),
            Missing::Gone => PollState::Failed(format!("there is no instance {id} any more")),
            Missing::NeverListed => PollState::Failed(never_listed(id)),
        }
    }
}

impl Condition for InstanceReaches {
    type Action = DescribeCompShareInstance;
    type Done = CompShareInstanceSet;

    fn action(&self) -> DescribeCompShareInstance {
        self.polled.action()
    }

    fn judge(
        &mut self,
        response: &Response<DescribeCompShareInstanceResponse>,
    ) -> PollState<CompShareInstanceSet> {
        let instance = match self.polled.see(response) {
            Found::Row(instance) => instance,
            Found::Missing(missing) => return self.missing(&missing),
            Found::Unproven(why) => return PollState::Pending(self.polled.unproven(why)),
        };
        let id = &self.polled.uhost_id;
        match &instance.state {
            Some(state) if *state == self.state => PollState::Ready(instance.clone()),
            Some(InstanceState::InstallFail) => {
                PollState::Failed(format!("the state of {id} is {}", InstanceState::InstallFail))
            }
            Some(state) => PollState::Pending(format!("the state of {id} is {state}")),
            None => PollState::Pending(format!("the state of {id} is not known")),
        }
    }

    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<PollState<CompShareInstanceSet>> {
        self.polled.refused(refusal).map(|missing| self.missing(&missing))
    }
}

/// An instance is gone, as after `TerminateCompShareInstance`.
///
/// An instance is gone when it existed and two polls in a row do not list it. That it existed is known when
/// the condition is made from it ([`of`](Self::of)), or once a poll lists it. An id that is never listed is
/// not gone: it may run in another region, zone or project. The wait for it fails.
///
/// Gone means no longer listed. An instance that the server keeps in its recycle bin (`in_recycle` in the
/// response of `TerminateCompShareInstance`) is gone as well if it is not listed; no action shows the bin.
///
/// ```
/// use compshare_proto::{conditions::InstanceGone, types::CompShareInstanceSet};
///
/// # let mut instance = CompShareInstanceSet::default();
/// # instance.uhost_id = "uhost-xxxx".to_owned();
/// // `instance` is a row of `DescribeCompShareInstance`.
/// let gone = InstanceGone::of(&instance);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a condition does nothing until a client waits for it"]
pub struct InstanceGone {
    polled: Polled,
}

impl InstanceGone {
    /// The condition that the instance of that id, which a poll must list first, is gone.
    ///
    /// After `TerminateCompShareInstance`, use [`of`](Self::of): the first poll may come too late to see the
    /// instance.
    pub fn new(uhost_id: impl Into<String>) -> Self {
        Self { polled: Polled::new(uhost_id.into()) }
    }

    /// The condition that this instance is gone; polls in its region and zone.
    pub fn of(instance: &CompShareInstanceSet) -> Self {
        Self { polled: Polled::of(instance) }
    }

    /// Polls in that region instead of the client's.
    pub fn region(self, region: impl Into<String>) -> Self {
        let polled = self.polled.at(|place| place.region = Some(region.into()));
        Self { polled }
    }

    /// Polls in that zone instead of the client's.
    pub fn zone(self, zone: impl Into<String>) -> Self {
        let polled = self.polled.at(|place| place.zone = Some(zone.into()));
        Self { polled }
    }

    /// Polls in that project instead of the client's; an instance does not say which it is in.
    pub fn project_id(mut self, project_id: impl Into<String>) -> Self {
        self.polled.place.project_id = Some(project_id.into());
        self
    }

    fn missing(&self, missing: &Missing) -> PollState<()> {
        match missing {
            Missing::NotYet => PollState::Pending(self.polled.not_listed()),
            Missing::Gone => PollState::Ready(()),
            Missing::NeverListed => PollState::Failed(never_listed(&self.polled.uhost_id)),
        }
    }
}

impl Condition for InstanceGone {
    type Action = DescribeCompShareInstance;
    type Done = ();

    fn action(&self) -> DescribeCompShareInstance {
        self.polled.action()
    }

    fn judge(&mut self, response: &Response<DescribeCompShareInstanceResponse>) -> PollState<()> {
        match self.polled.see(response) {
            Found::Missing(missing) => self.missing(&missing),
            Found::Unproven(why) => PollState::Pending(self.polled.unproven(why)),
            Found::Row(instance) => {
                let state = instance.state.as_ref().map_or("not known", InstanceState::as_str);
                PollState::Pending(format!("the state of {} is {state}", self.polled.uhost_id))
            }
        }
    }

    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<PollState<()>> {
        self.polled.refused(refusal).map(|missing| self.missing(&missing))
    }
}

//! What programs wait for most: an instance in a state, an image that is built, a disk that moved.

use crate::{
    ApiError, Class, Goal, Response, Verdict,
    actions::{
        DescribeCompShareInstance, DescribeCompShareInstanceResponse, DescribeCompshareDisk,
        DescribeCompshareDiskResponse, GetCompShareImageCreateProgress,
        GetCompShareImageCreateProgressResponse,
    },
    types::{CompShareInstanceSet, CompshareDiskInfo, InstanceState},
};

/// Looks that find nothing before a thing counts as gone: one that was just made may not be listed yet.
const LOOKS_IN_VAIN: u32 = 5;

/// Looks in a row that do not find a thing before it is gone.
const LOOKS_FOR_GONE: u32 = 2;

/// An instance that reaches a state; ends with the instance.
///
/// Hopeless once its installation has failed, or it is gone.
///
/// ```
/// use compshare_proto::{goals::InstanceReaches, types::InstanceState};
///
/// let running = InstanceReaches::new("uhost-xxxx", InstanceState::Running);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a goal does nothing until a client waits for it"]
pub struct InstanceReaches {
    uhost_id: String,
    state: InstanceState,
    in_vain: u32,
    region: Option<String>,
}

impl InstanceReaches {
    /// The goal that the instance of that id is in that state.
    pub fn new(uhost_id: impl Into<String>, state: InstanceState) -> Self {
        Self { uhost_id: uhost_id.into(), state, in_vain: 0, region: None }
    }

    /// Looks in that region rather than in the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

fn describe(uhost_id: &str, region: Option<&String>) -> DescribeCompShareInstance {
    let mut action = DescribeCompShareInstance::new().uhost_ids([uhost_id]);
    action.region = region.cloned();
    action
}

fn find<'a>(
    response: &'a DescribeCompShareInstanceResponse,
    uhost_id: &str,
) -> Option<&'a CompShareInstanceSet> {
    response.uhost_set.iter().find(|instance| instance.uhost_id == uhost_id)
}

impl Goal for InstanceReaches {
    type Action = DescribeCompShareInstance;
    type Done = CompShareInstanceSet;

    fn action(&self) -> DescribeCompShareInstance {
        describe(&self.uhost_id, self.region.as_ref())
    }

    fn judge(
        &mut self,
        response: &Response<DescribeCompShareInstanceResponse>,
    ) -> Verdict<CompShareInstanceSet> {
        let id = &self.uhost_id;
        let Some(instance) = find(response, id) else {
            self.in_vain += 1;
            let state = format!("there is no instance {id}");
            return if self.in_vain < LOOKS_IN_VAIN {
                Verdict::Pending(state)
            } else {
                Verdict::Hopeless(state)
            };
        };
        // What was seen once is gone when it is missing.
        self.in_vain = LOOKS_IN_VAIN;
        match &instance.state {
            Some(state) if *state == self.state => Verdict::Ready(instance.clone()),
            Some(InstanceState::InstallFail) => {
                Verdict::Hopeless(format!("the state of {id} is {}", InstanceState::InstallFail))
            }
            Some(state) => Verdict::Pending(format!("the state of {id} is {state}")),
            None => Verdict::Pending(format!("the state of {id} is not known just now")),
        }
    }
}

/// An instance that is gone, as after `TerminateCompShareInstance`.
///
/// It is looked for where the client's defaults say: in another region or zone, any instance is gone.
#[derive(Clone, Debug)]
#[must_use = "a goal does nothing until a client waits for it"]
pub struct InstanceGone {
    uhost_id: String,
    in_vain: u32,
    region: Option<String>,
}

impl InstanceGone {
    /// The goal that there is no instance of that id.
    pub fn new(uhost_id: impl Into<String>) -> Self {
        Self { uhost_id: uhost_id.into(), in_vain: 0, region: None }
    }

    /// Looks in that region rather than in the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

impl Goal for InstanceGone {
    type Action = DescribeCompShareInstance;
    type Done = ();

    fn action(&self) -> DescribeCompShareInstance {
        describe(&self.uhost_id, self.region.as_ref())
    }

    fn judge(&mut self, response: &Response<DescribeCompShareInstanceResponse>) -> Verdict<()> {
        match find(response, &self.uhost_id) {
            // An answer that says that there are instances, and lists none, tells nothing.
            None if response.total_count.unwrap_or(0) > 0 => {
                Verdict::Pending("the answer lists no instances".to_owned())
            }
            None => {
                self.in_vain += 1;
                if self.in_vain < LOOKS_FOR_GONE {
                    Verdict::Pending(format!("{} is not listed", self.uhost_id))
                } else {
                    Verdict::Ready(())
                }
            }
            Some(instance) => {
                self.in_vain = 0;
                let state = instance.state.as_ref().map_or("not known", InstanceState::as_str);
                Verdict::Pending(format!("the state of {} is {state}", self.uhost_id))
            }
        }
    }

    fn judge_refusal(&mut self, refusal: &ApiError) -> Option<Verdict<()>> {
        (refusal.class() == Some(Class::NotFound)).then_some(Verdict::Ready(()))
    }
}

/// A custom image whose build is done; what a watcher is told holds the progress.
///
/// Hopeless once the server says that the build failed, or the image is gone.
///
/// ```
/// use compshare_proto::goals::ImageBuilt;
///
/// let built = ImageBuilt::new("compshareImage-xxxx").zone("cn-wlcb-01");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a goal does nothing until a client waits for it"]
pub struct ImageBuilt {
    action: GetCompShareImageCreateProgress,
}

impl ImageBuilt {
    /// The goal that the image of that id is built.
    pub fn new(compshare_image_id: impl Into<String>) -> Self {
        Self { action: GetCompShareImageCreateProgress::new(compshare_image_id) }
    }

    /// Looks in that zone rather than in the client's.
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.action = self.action.zone(zone);
        self
    }

    /// Looks in that region rather than in the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.action = self.action.region(region);
        self
    }
}

impl Goal for ImageBuilt {
    type Action = GetCompShareImageCreateProgress;
    type Done = ();

    fn action(&self) -> GetCompShareImageCreateProgress {
        self.action.clone()
    }

    fn judge(
        &mut self,
        response: &Response<GetCompShareImageCreateProgressResponse>,
    ) -> Verdict<()> {
        let status = response.status.to_ascii_lowercase();
        if status.contains("fail") || status == "unavailable" {
            return Verdict::Hopeless(format!("the build's status is {}", response.status));
        }
        let percent = response.process.unwrap_or(0.0);
        if percent >= 100.0 || status == "available" {
            return Verdict::Ready(());
        }
        Verdict::Pending(match response.remaining_duration {
            Some(left) => format!("{percent} % is built, {} s are left", left.as_secs()),
            None => format!("{percent} % is built"),
        })
    }
}

/// A cloud disk that is attached to an instance, or to none; ends with the disk.
///
/// Hopeless once the disk is gone.
///
/// ```
/// use compshare_proto::goals::DiskMoved;
///
/// let attached = DiskMoved::to("bsm-xxxx", "uhost-xxxx");
/// let detached = DiskMoved::away("bsm-xxxx");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a goal does nothing until a client waits for it"]
pub struct DiskMoved {
    disk_id: String,
    uhost_id: String,
    in_vain: u32,
    region: Option<String>,
}

impl DiskMoved {
    /// The goal that the disk is attached to the instance.
    pub fn to(disk_id: impl Into<String>, uhost_id: impl Into<String>) -> Self {
        Self { disk_id: disk_id.into(), uhost_id: uhost_id.into(), in_vain: 0, region: None }
    }

    /// The goal that the disk is attached to no instance.
    pub fn away(disk_id: impl Into<String>) -> Self {
        Self::to(disk_id, "")
    }

    /// Looks in that region rather than in the client's.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }
}

impl Goal for DiskMoved {
    type Action = DescribeCompshareDisk;
    type Done = CompshareDiskInfo;

    fn action(&self) -> DescribeCompshareDisk {
        let mut action = DescribeCompshareDisk::new();
        action.region.clone_from(&self.region);
        action
    }

    fn judge(
        &mut self,
        response: &Response<DescribeCompshareDiskResponse>,
    ) -> Verdict<CompshareDiskInfo> {
        let id = &self.disk_id;
        let Some(disk) = response.disk_set.iter().find(|disk| disk.resource_id == *id) else {
            self.in_vain += 1;
            let state = format!("there is no disk {id}");
            return if self.in_vain < LOOKS_IN_VAIN {
                Verdict::Pending(state)
            } else {
                Verdict::Hopeless(state)
            };
        };
        self.in_vain = LOOKS_IN_VAIN;
        let moving = ["attaching", "detaching"]
            .iter()
            .any(|word| disk.status.to_ascii_lowercase().contains(word));
        if disk.mount_instance == self.uhost_id && !moving {
            return Verdict::Ready(disk.clone());
        }
        Verdict::Pending(match disk.mount_instance.as_str() {
            _ if moving => format!("{id} is {}", disk.status),
            "" => format!("{id} is attached to no instance"),
            other => format!("{id} is attached to {other}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Instant, SystemTime};

    use bytes::Bytes;

    use super::*;
    use crate::{Config, Credentials, Input, Machine, Output, Wait, WaitError};

    /// Waits for a goal with one answer a look, the last for ever.
    fn wait<G: Goal>(goal: G, answers: &[&'static str]) -> (Result<G::Done, WaitError>, usize) {
        let config = Config::new(Credentials::new("public", "private"));
        let config = config.region("cn-wlcb").zone("cn-wlcb-01");
        let mut wait = Wait::new(config, goal, SystemTime::UNIX_EPOCH, 1);
        let (mut now, mut looks) = (Instant::now(), 0);
        let mut output = wait.step(now, Input::Start);
        loop {
            output = match output {
                Output::Transmit { .. } => {
                    let body = answers[looks.min(answers.len() - 1)];
                    looks += 1;
                    let answer = http::Response::new(Bytes::from_static(body.as_bytes()));
                    wait.step(now, Input::Response(answer))
                }
                Output::Sleep(delay) => {
                    now += delay;
                    wait.step(now, Input::Woke)
                }
                Output::End(end) => return (end, looks),
            };
        }
    }

    const NONE: &str = r#"{"RetCode":0,"UHostSet":null}"#;
    const STARTING: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Starting"}]}"#;
    const UNKNOWN: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":""}]}"#;
    const RUNNING: &str = r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Running"}]}"#;
    const FAILED: &str =
        r#"{"RetCode":0,"UHostSet":[{"UHostId":"uhost-a","State":"Install Fail"}]}"#;

    fn running() -> InstanceReaches {
        InstanceReaches::new("uhost-a", InstanceState::Running)
    }

    #[test]
    fn an_instance_runs_in_the_end_though_it_is_not_listed_at_once() {
        let (end, looks) = wait(running(), &[NONE, STARTING, UNKNOWN, RUNNING]);
        assert_eq!(end.unwrap().uhost_id, "uhost-a");
        assert_eq!(looks, 4);
    }

    #[test]
    fn an_instance_that_fails_or_vanishes_is_hopeless_at_once() {
        let (end, looks) = wait(running(), &[STARTING, FAILED]);
        let error = end.unwrap_err();
        assert!(error.is_hopeless());
        assert_eq!((error.state(), looks), ("the state of uhost-a is Install Fail", 2));
        let (end, looks) = wait(running(), &[STARTING, NONE]);
        assert_eq!((end.unwrap_err().state(), looks), ("there is no instance uhost-a", 2));
        let (end, looks) = wait(running(), &[NONE]);
        assert_eq!((end.unwrap_err().state(), looks), ("there is no instance uhost-a", 5));
    }

    #[test]
    fn an_instance_that_never_changes_ends_at_the_deadline() {
        let (end, _) = wait(running(), &[STARTING]);
        let error = end.unwrap_err();
        assert!(error.timed_out());
        assert_eq!(error.elapsed().as_secs(), 600);
    }

    #[test]
    fn an_instance_is_gone_when_it_is_not_listed_or_not_found() {
        let (end, looks) = wait(InstanceGone::new("uhost-a"), &[RUNNING, NONE, RUNNING, NONE]);
        assert_eq!((end.is_ok(), looks), (true, 5), "one look in vain is not enough");
        let (end, _) = wait(InstanceGone::new("uhost-a"), &[r#"{"RetCode":292,"Message":"none"}"#]);
        assert!(end.is_ok());
    }

    #[test]
    fn an_instance_is_not_gone_while_the_answer_counts_what_it_does_not_list() {
        let counted = r#"{"RetCode":0,"UHostSet":null,"TotalCount":1}"#;
        assert!(wait(InstanceGone::new("uhost-a"), &[counted]).0.unwrap_err().timed_out());
    }

    #[test]
    fn an_image_is_built_at_a_hundred_percent_and_not_when_it_failed() {
        let half = r#"{"RetCode":0,"Process":"50","RemainingDuration":"30"}"#;
        let whole = r#"{"RetCode":0,"Percent":100}"#;
        assert_eq!(wait(ImageBuilt::new("image-a"), &[half, whole]).1, 2);
        let failed = r#"{"RetCode":0,"State":"Failed","Process":50}"#;
        let (end, looks) = wait(ImageBuilt::new("image-a"), &[half, failed]);
        assert_eq!((end.unwrap_err().state(), looks), ("the build's status is Failed", 2));
    }

    #[test]
    fn a_disk_moves_to_an_instance_and_away() {
        let to = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","MountInstance":"uhost-a"}]}"#;
        let away = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","MountInstance":""}]}"#;
        let leaving = r#"{"RetCode":0,"DiskSet":[{"ResourceId":"bsm-a","Status":"Detaching"}]}"#;
        let (end, looks) = wait(DiskMoved::to("bsm-a", "uhost-a"), &[away, to]);
        assert_eq!((end.unwrap().resource_id.as_str(), looks), ("bsm-a", 2));
        assert_eq!(wait(DiskMoved::away("bsm-a"), &[to, leaving, away]).1, 3);
        let (end, looks) = wait(DiskMoved::away("bsm-b"), &[to]);
        assert_eq!((end.unwrap_err().state(), looks), ("there is no disk bsm-b", 5));
    }
}

//! `HostLimits`: how many requests may be in progress to one host at a time.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// A limit for each host; requests beyond it wait in order.
///
/// A connection returns to the pool before its permit is free, so there are never more connections than
/// permits.
pub(crate) struct HostLimits {
    limit: usize,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

#[derive(Default)]
struct Host {
    taken: usize,
    /// The threads in the queue; one that gets its permit is removed, then woken.
    waiting: VecDeque<Arc<Condvar>>,
}

/// The right to send one request; it passes to the next thread in the queue.
pub(crate) struct Permit(Arc<Mutex<Host>>);

impl HostLimits {
    pub(crate) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), hosts: Mutex::default() }
    }

    /// Waits for a permit, at most for `timeout`.
    pub(crate) fn permit(&self, uri: &http::Uri, timeout: Duration) -> Option<Permit> {
        let shared = self.host(uri);
        let mut host = lock(&shared);
        if host.taken < self.limit {
            host.taken += 1;
            drop(host);
            return Some(Permit(shared));
        }
        let thread = Arc::<Condvar>::default();
        host.waiting.push_back(Arc::clone(&thread));
        let is_waiting =
            |host: &mut Host| host.waiting.iter().any(|other| Arc::ptr_eq(other, &thread));
        let woken = thread.wait_timeout_while(host, timeout, is_waiting);
        let (mut host, wait) = woken.unwrap_or_else(PoisonError::into_inner);
        if wait.timed_out() {
            host.waiting.retain(|other| !Arc::ptr_eq(other, &thread));
            return None;
        }
        drop(host);
        Some(Permit(shared))
    }

    fn host(&self, uri: &http::Uri) -> Arc<Mutex<Host>> {
        let name = uri.authority().map_or("", |authority| authority.as_str());
        let mut hosts = lock(&self.hosts);
        match hosts.get(name) {
            Some(host) => Arc::clone(host),
            None => Arc::clone(hosts.entry(name.to_owned()).or_default()),
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut host = lock(&self.0);
        match host.waiting.pop_front() {
            Some(next) => next.notify_one(),
            None => host.taken = host.taken.saturating_sub(1),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use super::*;

    const URI: &str = "http://compshare.test/";

    fn permit(limits: &HostLimits, uri: &'static str, milliseconds: u64) -> Option<Permit> {
        limits.permit(&http::Uri::from_static(uri), Duration::from_millis(milliseconds))
    }

    #[test]
    fn each_host_has_its_own_limit() {
        let limits = HostLimits::new(2);
        let held = [permit(&limits, URI, 0), permit(&limits, URI, 0)];
        assert!(held.iter().all(Option::is_some));
        assert!(permit(&limits, URI, 10).is_none());
        assert!(permit(&limits, "http://another.test/", 0).is_some());
        drop(held);
        assert!(permit(&limits, URI, 0).is_some());
    }

    #[test]
    fn permits_are_granted_in_order() {
        let limits = &HostLimits::new(1);
        let held = permit(limits, URI, 0);
        let (sender, order) = mpsc::channel();
        thread::scope(|scope| {
            for number in 0..8 {
                let sender = sender.clone();
                scope.spawn(move || {
                    let permit = permit(limits, URI, 60_000);
                    sender.send(number).unwrap();
                    drop(permit);
                });
                let host = limits.host(&http::Uri::from_static(URI));
                while lock(&host).waiting.len() <= number {
                    thread::yield_now();
                }
            }
            drop(held);
        });
        assert_eq!(order.try_iter().collect::<Vec<_>>(), (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn a_thread_that_timed_out_gets_no_permit() {
        let limits = HostLimits::new(1);
        let held = permit(&limits, URI, 0);
        assert!(permit(&limits, URI, 1).is_none());
        drop(held);
        assert!(permit(&limits, URI, 0).is_some());
    }
}

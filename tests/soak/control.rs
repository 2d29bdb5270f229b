//! `Control`: how late this machine wakes a thread, to be forgiven those that it wakes late.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Measures how late a thread is woken, meanwhile.
pub(crate) struct Control {
    stop: Arc<AtomicBool>,
    thread: thread::JoinHandle<Duration>,
}

impl Control {
    pub(crate) fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            let (nap, mut late) = (Duration::from_millis(5), Duration::ZERO);
            while !stopped.load(Ordering::SeqCst) {
                let start = Instant::now();
                thread::sleep(nap);
                late = late.max(start.elapsed().saturating_sub(nap));
            }
            late
        });
        Self { stop, thread }
    }

    pub(crate) fn stop(self) -> Duration {
        self.stop.store(true, Ordering::SeqCst);
        self.thread.join().unwrap()
    }
}

//! `Cancel`: ends a wait from another thread.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::Duration,
};

/// A flag that ends [`Client::drive_unless`](crate::Client::drive_unless) from another thread.
///
/// Clones share the flag. Once set, it stays set.
///
/// ```
/// let cancel = compshare_blocking::Cancel::default();
/// let flag = cancel.clone();
/// std::thread::spawn(move || flag.cancel()).join().unwrap();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<(Mutex<bool>, Condvar)>);

impl Cancel {
    /// Sets the flag and wakes the threads that sleep on it.
    pub fn cancel(&self) {
        let (flag, sleepers) = &*self.0;
        *flag.lock().unwrap_or_else(PoisonError::into_inner) = true;
        sleepers.notify_all();
    }

    /// Whether the flag is set.
    pub fn is_cancelled(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sleeps for `delay` or until the flag is set; returns whether it is set.
    pub(crate) fn sleep(&self, delay: Duration) -> bool {
        let (flag, sleepers) = &*self.0;
        let flag = flag.lock().unwrap_or_else(PoisonError::into_inner);
        let slept = sleepers.wait_timeout_while(flag, delay, |is_cancelled| !*is_cancelled);
        *slept.unwrap_or_else(PoisonError::into_inner).0
    }
}

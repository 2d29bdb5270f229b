//! `Driver`: does what a machine asks for, over a transport.

use std::{
    convert::Infallible,
    io::Write,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use compshare_proto::{
    CsvFile,
    machine::{Failure, Input, Machine, Output},
};
use tracing::Span;

use crate::{cancel::Cancel, transport::Transport};

type Exchanged = Result<http::Response<Bytes>, Failure>;

/// Sleeps that long.
pub(crate) type Sleep = Arc<dyn Fn(Duration) + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Driver {
    pub(crate) transport: Arc<dyn Transport>,
    /// `None` for that of the thread.
    pub(crate) sleep: Option<Sleep>,
}

/// The machine was cancelled.
struct Cancelled;

impl Driver {
    /// Takes turns with a machine until it ends; a response with a file is written as it arrives if
    /// there is a writer.
    pub(crate) fn run<M: Machine>(
        &self,
        machine: &mut M,
        mut writer: Option<&mut dyn Write>,
    ) -> M::End {
        let exchange = |request, timeout| {
            Ok::<_, Infallible>(match &mut writer {
                None => self.transport.exchange(request, timeout),
                Some(writer) => {
                    self.transport.exchange_into(request, timeout, &CsvFile::is_in, writer)
                }
            })
        };
        let sleep = |delay| {
            self.sleep.as_deref().unwrap_or(&thread::sleep)(delay);
            Ok(())
        };
        let Ok(end) = self.turns(machine, exchange, sleep);
        end
    }

    /// Takes turns with a machine until it ends, or until it is cancelled: then `None`.
    pub(crate) fn run_unless<M: Machine>(
        &self,
        cancel: &Cancel,
        machine: &mut M,
    ) -> Option<M::End> {
        let exchange = |request, timeout| match cancel.is_cancelled() {
            true => Err(Cancelled),
            false => Ok(self.transport.exchange(request, timeout)),
        };
        let sleep = |delay| {
            let is_cancelled = match &self.sleep {
                None => cancel.sleep(delay),
                Some(_) if cancel.is_cancelled() => true,
                Some(sleep) => {
                    sleep(delay);
                    cancel.is_cancelled()
                }
            };
            if is_cancelled { Err(Cancelled) } else { Ok(()) }
        };
        self.turns(machine, exchange, sleep).ok()
    }

    fn turns<M: Machine, C>(
        &self,
        machine: &mut M,
        mut exchange: impl FnMut(http::Request<Bytes>, Duration) -> Result<Exchanged, C>,
        sleep: impl Fn(Duration) -> Result<(), C>,
    ) -> Result<M::End, C> {
        let mut input = Input::Start;
        // What a sleep of the caller's has cut short, by which the machine's clock is ahead.
        let mut ahead = Duration::ZERO;
        loop {
            let now = Instant::now();
            let output = machine.step(now.checked_add(ahead).unwrap_or(now), input);
            input = match output {
                Output::Transmit { request, timeout } => {
                    let span = request.extensions().get().map_or_else(Span::none, Span::clone);
                    let _entered = span.enter();
                    exchange(request, timeout)?.map_or_else(Input::Failed, Input::Response)
                }
                Output::Sleep(delay) => {
                    let began = Instant::now();
                    sleep(delay)?;
                    ahead = ahead.saturating_add(delay.saturating_sub(began.elapsed()));
                    Input::Woke
                }
                Output::End(end) => return Ok(end),
            };
        }
    }
}

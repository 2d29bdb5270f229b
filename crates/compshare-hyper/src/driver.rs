//! `Driver`: does what a machine asks for, over a transport.

use std::sync::Arc;

use compshare_proto::{
    CsvFile,
    machine::{Input, Machine, Output},
};
use tokio::{io::AsyncWrite, time::Instant};
use tracing::{Instrument as _, Span};

use crate::transport::Transport;

/// Where the content of a file goes.
pub(crate) type Writer<'a> = &'a mut (dyn AsyncWrite + Send + Unpin);

#[derive(Clone)]
pub(crate) struct Driver {
    pub(crate) transport: Arc<dyn Transport>,
}

impl Driver {
    /// Takes turns with a machine until it ends; a response with a file is written as it arrives if
    /// there is a writer.
    ///
    /// The clock is tokio's, which a test may pause.
    pub(crate) async fn run<M: Machine>(
        &self,
        machine: &mut M,
        mut writer: Option<Writer<'_>>,
    ) -> M::End {
        let mut input = Input::Start;
        loop {
            input = match machine.step(Instant::now().into_std(), input) {
                Output::Transmit { request, timeout } => {
                    let span = request.extensions().get().map_or_else(Span::none, Span::clone);
                    let exchange = match &mut writer {
                        None => self.transport.exchange(request, timeout),
                        Some(writer) => {
                            self.transport.exchange_into(request, timeout, CsvFile::is_in, writer)
                        }
                    };
                    let exchanged = exchange.instrument(span).await;
                    exchanged.map_or_else(Input::Failed, Input::Response)
                }
                Output::Sleep(delay) => {
                    tokio::time::sleep(delay).await;
                    Input::Woke
                }
                Output::End(end) => return end,
            };
        }
    }
}

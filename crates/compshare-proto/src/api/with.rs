//! `With`: an action with parameters that its type does not know.

use serde::{Serialize, Serializer};

use super::{
    action::{Action, Facts, Listing},
    csv_file::CsvFile,
    metadata::ActionInfo,
    parameter::{Parameter, refusal},
    partial::ItemFailure,
};

/// An action with parameters that its type does not know; made by [`Action::with`].
#[derive(Clone, Debug)]
#[must_use = "an action does nothing until a client sends it"]
pub struct With<A> {
    pub(super) action: A,
    pub(super) extra: Vec<Parameter>,
}

impl<A: Action> With<A> {
    pub(crate) fn new(action: A, parameter: Parameter) -> Self {
        let mut extra = action.facts().extra.to_vec();
        extra.push(parameter);
        Self { action, extra }
    }
}

/// Serializes the action; the added parameters are in [`Facts::extra`].
impl<A: Action> Serialize for With<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.action.serialize(serializer)
    }
}

impl<A: Action> Action for With<A> {
    const INFO: &'static ActionInfo = A::INFO;
    type Response = A::Response;

    fn facts(&self) -> Facts<'_> {
        let facts = self.action.facts();
        let refusal = facts.refusal.or_else(|| refusal(&self.extra));
        Facts { extra: &self.extra, refusal, ..facts }
    }

    fn file(&self, file: CsvFile) -> Option<Self::Response> {
        self.action.file(file)
    }

    fn failures(&self, response: &Self::Response) -> Vec<ItemFailure> {
        self.action.failures(response)
    }
}

impl<A: Listing> Listing for With<A> {
    type Item = A::Item;

    fn set_page(&mut self, offset: u64, limit: u32) {
        self.action.set_page(offset, limit);
    }

    fn offset(&self) -> Option<u64> {
        self.action.offset()
    }

    fn limit(&self) -> Option<u32> {
        self.action.limit()
    }

    fn total(&self, response: &Self::Response) -> Option<u64> {
        self.action.total(response)
    }

    fn rows<'r>(&self, response: &'r Self::Response) -> &'r [Self::Item] {
        self.action.rows(response)
    }

    fn rows_mut<'r>(&self, response: &'r mut Self::Response) -> Option<&'r mut Vec<Self::Item>> {
        self.action.rows_mut(response)
    }

    fn id<'r>(&self, row: &'r Self::Item) -> Option<&'r str> {
        self.action.id(row)
    }

    fn parts(&self) -> usize {
        self.action.parts()
    }

    fn enter_part(&mut self, index: usize) {
        self.action.enter_part(index);
    }
}

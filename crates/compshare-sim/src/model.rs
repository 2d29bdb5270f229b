//! What the gateway knows: accounts, resources, the catalogue, and prices.

/// Gives the variants of an enum their names in the API: a variant's own name unless another is given.
/// Data files have the same names.
macro_rules! names {
    ($vis:vis $type:ident: $($variant:ident $(= $name:literal)?),+ $(,)?) => {
        impl $type {
            /// The name in the API.
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => names!(@ $variant $($name)?)),+ }
            }
        }

        impl $crate::model::row::Field for $type {
            fn parse(name: &serde_json::Value) -> Option<Self> {
                [$(Self::$variant),+].into_iter().find(|own| name == own.as_str())
            }
        }
    };
    (@ $variant:ident) => { stringify!($variant) };
    (@ $variant:ident $name:literal) => { $name };
}

mod account;
pub(crate) mod bandwidth;
pub(crate) mod catalog;
mod charge;
mod company;
mod disk;
pub(crate) mod image;
mod instance;
pub(crate) mod order;
pub(crate) mod price;
pub(crate) mod regions;
pub(crate) mod row;
pub(crate) mod team;
pub(crate) mod ulhost;

use crate::call::Call;

pub use account::{Account, COMPANY_ID, PRIVATE_KEY, PUBLIC_KEY};
pub use charge::ChargeType;
pub use company::Company;
pub use disk::{Cfs, Disk, DiskKind, DiskStatus};
pub use image::{Image, ImageGroup, ImageKind, ImageSoftware, ImageStatus};
pub use instance::{Instance, InstanceState, WithoutGpu};

/// A resource of a company in a zone.
pub(crate) trait Placed {
    /// Its id.
    fn id(&self) -> &str;

    /// Whether it is the caller's, in the request's region and zone.
    fn is_here(&self, call: &Call<'_>) -> bool;
}

macro_rules! placed {
    ($($resource:ty)*) => {$(
        impl Placed for $resource {
            fn id(&self) -> &str {
                &self.id
            }

            fn is_here(&self, call: &Call<'_>) -> bool {
                self.owner == call.company && call.covers(&self.region, &self.zone)
            }
        }
    )*};
}

placed! { Cfs Disk Instance }

//! Builders of wide actions: required parameters in any order, and a compile error for a missing one.
//!
//! ```compile_fail,E0277
//! use compshare_proto::{Gb, actions::GetCompShareInstancePrice};
//!
//! // The compiler says: required parameter not set: `…::missing::memory`
//! GetCompShareInstancePrice::builder().gpu_type("4090").gpu(1).cpu(16).build();
//! ```
//!
//! ```compile_fail,E0599
//! use compshare_proto::actions::GetCompShareInstancePrice;
//!
//! // A parameter is set once.
//! GetCompShareInstancePrice::builder().gpu(1).gpu(2);
//! ```

#![allow(unnameable_types, reason = "the state of a builder is inferred")]

/// A parameter that has been set.
#[derive(Clone, Debug)]
pub struct Set<T>(pub(crate) T);

/// What a builder has for a parameter.
#[diagnostic::on_unimplemented(
    message = "required parameter not set: `{Self}`",
    label = "call its setter before `build`"
)]
pub trait Given<T> {
    /// The value.
    fn given(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> Given<T> for Set<T> {
    fn given(self) -> T {
        self.0
    }
}

/// Makes the builder of an action. It has a field for each required parameter, whose type says whether
/// it is set: the type of one that is not set has the setter's name, which the compiler shows.
macro_rules! builder {
    (
        $(#[$docs:meta])* $action:ident, $builder:ident, $required:ident {
            $(
                $(#[$doc:meta])*
                $field:ident: $type:ty, $argument:ty => $value:expr;
            )*
        }
    ) => {
        /// Types of parameters that are not set.
        #[allow(non_camel_case_types, unnameable_types, reason = "named as the setters are")]
        mod missing {
            $(
                #[derive(Clone, Debug)]
                pub struct $field;
            )*
        }

        $(#[$docs])*
        #[allow(non_camel_case_types, reason = "named as the setters are")]
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build`"]
        pub struct $builder<$($field = missing::$field),*> {
            $($field: $field),*
        }

        impl $builder {
            fn new() -> Self {
                Self { $($field: missing::$field),* }
            }
        }

        #[allow(non_camel_case_types, reason = "named as the setters are")]
        impl<$($field),*> $builder<$($field),*> {
            /// Returns the request, once all required parameters are set.
            pub fn build(self) -> $action
            where
                $($field: $crate::value::builder::Given<$type>),*
            {
                $action::new($required { $($field: self.$field.given()),* })
            }
        }

        builder!(@setters $builder [] $(
            $(#[$doc])* $field: $type, $argument => $value;
        )*);
    };
    (@setters $builder:ident [$($before:ident)*]) => {};
    (
        @setters $builder:ident [$($before:ident)*]
        $(#[$doc:meta])* $field:ident: $type:ty, $argument:ty => $value:expr;
        $(
            $(#[$later_doc:meta])*
            $after:ident: $later_type:ty, $later_argument:ty => $later_value:expr;
        )*
    ) => {
        #[allow(non_camel_case_types, reason = "named as the setters are")]
        impl<$($before,)* $($after),*> $builder<$($before,)* missing::$field, $($after),*> {
            $(#[$doc])*
            pub fn $field(
                self,
                $field: $argument,
            ) -> $builder<$($before,)* $crate::value::builder::Set<$type>, $($after),*> {
                $builder {
                    $($before: self.$before,)*
                    $field: $crate::value::builder::Set($value),
                    $($after: self.$after),*
                }
            }
        }

        builder!(@setters $builder [$($before)* $field] $(
            $(#[$later_doc])*
            $after: $later_type, $later_argument => $later_value;
        )*);
    };
}

#[cfg(test)]
mod tests {
    use crate::{
        api::{
            actions::{CreateCompShareInstance, CreateCompShareInstanceRequired},
            types::{ChargeType, DiskType, InstanceDisk},
        },
        value::units::Gb,
    };

    #[test]
    fn a_builder_makes_what_the_struct_makes_in_any_order() {
        let disk = InstanceDisk::new(true, DiskType::CloudSsd, Gb(60));
        let expected = CreateCompShareInstance::new(CreateCompShareInstanceRequired {
            gpu_type: "4090".to_owned(),
            gpu: 1,
            cpu: 16,
            memory: Gb(64).into(),
            compshare_image_id: "compshareImage-xxxx".to_owned(),
            disks: vec![disk.clone()],
            charge_type: ChargeType::Postpay,
        });
        let built = CreateCompShareInstance::builder()
            .gpu_type("4090")
            .gpu(1)
            .cpu(16)
            .memory(Gb(64))
            .compshare_image_id("compshareImage-xxxx")
            .disks([disk.clone()])
            .charge_type(ChargeType::Postpay)
            .build();
        assert_eq!(built, expected);
        let backwards = CreateCompShareInstance::builder()
            .charge_type("Postpay")
            .disks(vec![disk])
            .compshare_image_id("compshareImage-xxxx")
            .memory(Gb(64))
            .cpu(16)
            .gpu(1)
            .gpu_type("4090")
            .build();
        assert_eq!(backwards, expected);
    }
}

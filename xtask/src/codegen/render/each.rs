//! Renders `for_each_action!`, the list of all actions for what handles each type.

use crate::codegen::spec::Spec;

pub(super) fn render(spec: &Spec) -> String {
    let mut names: Vec<&str> =
        spec.actions.iter().map(|action| action.name.value.as_str()).collect();
    names.sort_unstable();
    format!(
        "//! `for_each_action!`: code for the type of every action.

        /// Calls a macro with the names of all types in [`actions`](crate::actions), sorted.
        ///
        /// For tools and tests that handle every action by its type. [`ACTIONS`](crate::actions::ACTIONS) has
        /// what is known of each at run time. A new version may have more actions.
        ///
        /// ```
        /// #![allow(deprecated)]
        ///
        /// use compshare_proto::{{Action as _, actions, for_each_action}};
        ///
        /// macro_rules! names {{
        ///     ($($action:ident)*) => {{
        ///         [$(actions::$action::INFO.name),*]
        ///     }};
        /// }}
        ///
        /// assert!(for_each_action!(names).contains(&\"UpdateCompShareImage\"));
        /// ```
        #[macro_export]
        macro_rules! for_each_action {{
            ($then:ident) => {{
                $then! {{
                    {}
                }}
            }};
        }}\n",
        names.join("\n                    "),
    )
}

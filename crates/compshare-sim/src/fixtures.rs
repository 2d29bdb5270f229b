//! What a new gateway holds: companies, images, instances, disks, teams and hosts, from data files.

mod machines;
mod teams;

use crate::{
    model::{
        Account,
        row::{data, rows},
    },
    state::State,
};

/// Fills an empty state.
pub(crate) fn fill(state: &mut State) {
    // Who publishes most community images, who has shared an image with the account that every gateway
    // has, who is in no team, and who is invited to one.
    let accounts: Vec<(i64, String, String, String)> = data(include_str!("fixtures/accounts.json"));
    for (company, public_key, private_key, name) in accounts {
        state.add_account(Account::new(company, public_key, private_key).name(name));
    }
    for group in rows(include_str!("fixtures/groups.json")) {
        state.add_group(group);
    }
    for image in rows(include_str!("fixtures/images.json")) {
        state.add_image(image);
    }
    machines::fill(state);
    teams::fill(state);
}

#[cfg(test)]
mod tests {
    use crate::{
        gateway::Gateway,
        model::{COMPANY_ID, Image, ImageKind},
    };

    #[test]
    fn fixtures_fill_several_pages() {
        let gateway = Gateway::new();
        let count = |fits: &dyn Fn(&Image) -> bool| {
            gateway.images().iter().filter(|image| fits(image)).count()
        };
        assert_eq!(count(&|image| image.is_platform()), 48);
        assert_eq!(count(&|image| image.kind == ImageKind::Custom && image.owner == COMPANY_ID), 4);
        assert_eq!(count(&|image| image.shared_with.contains(&COMPANY_ID)), 1);
        assert_eq!(count(&|image| image.kind == ImageKind::Community), 34);
        let image = gateway.image("compshareImage-xxxx").expect("the documented image");
        assert_eq!((image.name.as_str(), &*image.tags), ("my-env", &["base".to_owned()][..]));
        assert!(gateway.group("group-xxxx").is_some());
        let version = gateway.image("compshareImage-c01v3").expect("a version");
        assert_eq!((version.author.as_str(), version.owner), ("模型工坊", 67890));
    }
}

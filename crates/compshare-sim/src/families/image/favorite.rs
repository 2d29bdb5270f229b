//! Bookmarks of community images.

use crate::families::prelude::*;

/// CreateCompShareImageFavorite and DeleteCompShareImageFavorite; repeating one has no effect.
pub(super) fn set(state: &mut State, call: &Call<'_>, is_favorite: bool) -> Outcome {
    let id = call.required("GroupId")?;
    let group = state.group(id).ok_or_else(|| no_such("GroupId", "group", id))?;
    let bookmark = (call.company, group.id.clone());
    if is_favorite {
        state.favorites.insert(bookmark);
    } else {
        state.favorites.remove(&bookmark);
    }
    Ok(json!({}))
}

#[cfg(test)]
mod tests {
    use crate::testing::Caller;

    fn group(caller: &mut Caller) -> (bool, i64) {
        let response = caller.ok("DescribeCommunityImages", &[("GroupId", "group-01")]);
        let group = &response["CompshareImageGroup"][0];
        (group["IsFavorite"] == true, group["FavoritesCount"].as_i64().unwrap_or_default())
    }

    #[test]
    fn bookmarks_come_and_go_once() {
        let mut caller = Caller::new();
        let id = [("GroupId", "group-01")];
        assert_eq!(group(&mut caller), (false, 7));
        for _ in 0..2 {
            caller.ok("CreateCompShareImageFavorite", &id);
            assert_eq!(group(&mut caller), (true, 8));
        }
        for _ in 0..2 {
            caller.ok("DeleteCompShareImageFavorite", &id);
            assert_eq!(group(&mut caller), (false, 7));
        }
        let message = "Params [GroupId] not available: no such group: group-none".to_owned();
        let refused = caller.refused("CreateCompShareImageFavorite", &[("GroupId", "group-none")]);
        assert_eq!(refused, (230, message));
    }
}

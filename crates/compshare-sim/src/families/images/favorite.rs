//! Bookmarks of community images.

use crate::families::prelude::*;

/// CreateCompShareImageFavorite; repeating it has no effect.
pub(super) fn add(state: &mut State, call: &Call<'_>) -> Outcome {
    let bookmark = bookmark(state, call)?;
    state.favorites.insert(bookmark);
    Ok(json!({}))
}

/// DeleteCompShareImageFavorite; repeating it has no effect.
pub(super) fn remove(state: &mut State, call: &Call<'_>) -> Outcome {
    let bookmark = bookmark(state, call)?;
    state.favorites.remove(&bookmark);
    Ok(json!({}))
}

fn bookmark(state: &State, call: &Call<'_>) -> Result<(i64, String), Refusal> {
    let id = call.required("GroupId")?;
    let group = state.group(id).ok_or_else(|| no_such("GroupId", "group", id))?;
    Ok((call.company, group.id.clone()))
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

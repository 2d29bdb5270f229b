//! Shorter ways to write objects of requests: the disks of an instance, and the order of a list.

use crate::{
    api::{
        actions::{DescribeTeamMemberOrder, DescribeTeamMemberUnpaidOrder},
        types::{DiskType, InstanceDisk, OrderSortField, SortCondition, SortDirection, SortField},
    },
    value::units::Gb,
};

impl InstanceDisk {
    /// The boot disk of that size, on cloud SSD. [`Self::new`] takes another type.
    ///
    /// ```
    /// use compshare_proto::{Gb, types::{DiskType, InstanceDisk}};
    ///
    /// let disks = [InstanceDisk::boot(Gb(60)), InstanceDisk::data(Gb(100))];
    /// assert_eq!(disks[0], InstanceDisk::new(true, DiskType::CloudSsd, Gb(60)));
    /// assert_eq!(disks[1], InstanceDisk::new(false, DiskType::CloudSsd, Gb(100)));
    /// ```
    pub fn boot(size: impl Into<Gb>) -> Self {
        Self::new(true, DiskType::CloudSsd, size)
    }

    /// A data disk of that size, on cloud SSD. [`Self::new`] takes another type.
    pub fn data(size: impl Into<Gb>) -> Self {
        Self::new(false, DiskType::CloudSsd, size)
    }
}

impl SortField {
    /// Sorts by this field, the smallest or oldest first.
    pub fn ascending(self) -> SortCondition {
        SortCondition::new(self).asc(true)
    }

    /// Sorts by this field, the largest or newest first.
    ///
    /// ```
    /// use compshare_proto::{
    ///     actions::DescribeCommunityImages, types::{SortCondition, SortField},
    /// };
    ///
    /// let by_use = SortField::ImageUseTime.descending();
    /// assert_eq!(by_use, SortCondition::new(SortField::ImageUseTime).asc(false));
    /// let images = DescribeCommunityImages::new().tag("PyTorch").sort_condition(by_use);
    /// ```
    pub fn descending(self) -> SortCondition {
        SortCondition::new(self).asc(false)
    }
}

macro_rules! sorted {
    ($($action:ident)*) => {
        $(impl $action {
            /// Sets `OrderBy` and `OrderDir`: the field to sort by, and the direction.
            pub fn sorted(self, by: OrderSortField, direction: SortDirection) -> Self {
                self.order_by(by).order_dir(direction)
            }
        })*
    };
}

sorted! { DescribeTeamMemberOrder DescribeTeamMemberUnpaidOrder }

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn disks_say_what_they_are_for() {
        let disks = json!([InstanceDisk::boot(Gb(60)), InstanceDisk::data(Gb(100))]);
        assert_eq!(
            disks,
            json!([
                { "IsBoot": true, "Type": "CLOUD_SSD", "Size": 60 },
                { "IsBoot": false, "Type": "CLOUD_SSD", "Size": 100 },
            ])
        );
    }

    #[test]
    fn one_call_sets_field_and_direction() {
        let orders = json!([SortField::Price.ascending(), SortField::PubTime.descending()]);
        assert_eq!(
            orders,
            json!([{ "Field": "Price", "ASC": true }, { "Field": "PubTime", "ASC": false }])
        );
        let orders = DescribeTeamMemberOrder::new(1, 2);
        let orders = json!(orders.sorted(OrderSortField::EndTime, SortDirection::Descending));
        assert_eq!(
            (&orders["OrderBy"], &orders["OrderDir"]),
            (&json!("order_end_time"), &json!("DESC"))
        );
    }
}

//! Prices: what machines, disks, images and file storage cost, by the hour and by the period.

use serde_json::{Value, json};

use crate::model::{ChargeType, Disk, DiskKind, Image, Instance, catalog::Model};

/// GB of a system disk that are free of charge.
const FREE_SYSTEM_GB: i64 = 200;
/// Price of file storage before discounts, in CNY for a GiB and an hour.
const CFS: f64 = 0.0008;
/// Prices of the catalogue, as a multiple of those before discounts.
const LIST: f64 = 1.2;

/// One of the three prices of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// The price to pay.
    Paid,
    /// Before discounts.
    Original,
    /// Of the catalogue.
    List,
}

impl Level {
    /// What a price before discounts, for an hour, comes to in so many periods.
    pub(crate) fn of(self, hourly: f64, charge: ChargeType, periods: f64) -> f64 {
        let factor = match self {
            Self::Paid => charge.share(),
            Self::Original => 1.0,
            Self::List => LIST,
        };
        cny(hourly * factor * number(charge.hours()) * periods)
    }
}

/// Rounds to fen.
pub(crate) fn cny(amount: f64) -> f64 {
    (amount * 100.0).round() / 100.0
}

/// Rounds a price for an hour.
pub(crate) fn fine(amount: f64) -> f64 {
    (amount * 10_000.0).round() / 10_000.0
}

#[allow(clippy::cast_precision_loss, reason = "sizes and hours are small")]
pub(crate) fn number(count: i64) -> f64 {
    count as f64
}

/// Prices for an hour before discounts, by what they are for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Hourly {
    pub(crate) machine: f64,
    pub(crate) data_disks: f64,
    pub(crate) system_disks: f64,
    pub(crate) image: f64,
}

impl Hourly {
    pub(crate) fn add_disk(&mut self, boot: bool, kind: DiskKind, size_gb: i64) {
        let sum = if boot { &mut self.system_disks } else { &mut self.data_disks };
        *sum += disk(boot, kind, size_gb);
    }

    pub(crate) fn add_image(&mut self, image: &Image, gpus: i64) {
        self.image += image.price * number(gpus.max(1));
    }

    /// One row of a quotation.
    pub(crate) fn row(self, level: Level, charge: ChargeType, periods: i64) -> Value {
        let periods = number(periods);
        let part = |hourly| level.of(hourly, charge, periods);
        // Images are not sold at a discount.
        let image = cny(self.image * number(charge.hours()) * periods);
        let rest = self.machine + self.data_disks + self.system_disks;
        json!({
            "ChargeType": charge.as_str(),
            "Instance": part(self.machine),
            "Disks": part(self.data_disks),
            "SystemDisks": part(self.system_disks),
            "CompShareImage": image,
            "OriginalPrice": cny(Level::Original.of(rest, charge, periods) + image),
            "ListPrice": format!("{:.2}", Level::List.of(rest, charge, periods) + image),
        })
    }
}

/// A machine of that size for an hour, before discounts, without disks and image.
pub(crate) fn machine(model: &Model, gpus: i64, cpu: i64, memory_mb: i64) -> f64 {
    let memory_gb = number(memory_mb) / 1024.0;
    model.price * number(gpus) + 0.01 * number(cpu) + 0.002 * memory_gb
}

/// A disk for an hour, before discounts.
pub(crate) fn disk(boot: bool, kind: DiskKind, size_gb: i64) -> f64 {
    let billed = if boot { (size_gb - FREE_SYSTEM_GB).max(0) } else { size_gb };
    kind.price() * number(billed)
}

/// File storage for an hour, before discounts.
pub(crate) fn cfs(size_gb: i64) -> f64 {
    CFS * number(size_gb)
}

/// The machine of an instance for an hour, before discounts, as it is now.
pub(crate) fn instance(instance: &Instance) -> f64 {
    let whole = |model| machine(model, instance.gpu, instance.cpu, instance.memory_mb);
    match instance.without_gpu {
        Some(size) => 0.05 * number(size.cpu()),
        None => Model::find(&instance.gpu_type).map_or(0.0, whole),
    }
}

/// What an hour of it costs the account.
pub(crate) fn paid_by_the_hour(hourly: f64, charge: ChargeType) -> f64 {
    fine(hourly * charge.share())
}

/// What a disk costs the account by the hour.
pub(crate) fn disk_by_the_hour(of: &Disk) -> f64 {
    paid_by_the_hour(disk(of.boot, of.kind, of.size_gb), of.charge_type)
}

/// Number of periods left; one for billing by use.
pub(crate) fn periods_left(charge: ChargeType, expire_time: i64, now: i64) -> f64 {
    if expire_time == 0 {
        return 1.0;
    }
    number(expire_time.saturating_sub(now).max(0)) / number(charge.hours() * 3600)
}

/// Refund for the time left, at that price per hour.
pub(crate) fn refund(hourly: f64, charge: ChargeType, expire_time: i64, now: i64) -> f64 {
    if expire_time == 0 {
        return 0.0;
    }
    Level::Paid.of(hourly, charge, periods_left(charge, expire_time, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_the_hourly_one_times_the_hours() {
        let model = Model::find("4090").expect("a model");
        let machine = machine(model, 1, 16, 65_536);
        let mut hourly = Hourly { machine, ..Hourly::default() };
        hourly.add_disk(true, DiskKind::CloudSsd, 200);
        hourly.add_disk(false, DiskKind::CloudSsd, 100);
        assert_eq!(cny(hourly.machine), 2.27);
        let row = hourly.row(Level::Paid, ChargeType::Postpay, 1);
        assert_eq!((&row["Instance"], &row["SystemDisks"]), (&json!(2.27), &json!(0.0)));
        let row = hourly.row(Level::Paid, ChargeType::Month, 2);
        assert_eq!(row["Instance"], json!(1959.55));
        assert_eq!(row["Disks"], json!(86.4));
        let row = hourly.row(Level::Original, ChargeType::Month, 2);
        assert_eq!(row["Disks"], json!(144.0));
    }

    #[test]
    fn the_remaining_time_is_refunded() {
        let day = 86_400;
        assert_eq!(refund(1.0, ChargeType::Day, day, day / 2), 10.2);
        assert_eq!(refund(1.0, ChargeType::Day, day, 2 * day), 0.0);
        assert_eq!(refund(1.0, ChargeType::Postpay, 0, 5), 0.0);
    }
}

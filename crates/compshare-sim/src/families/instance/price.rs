//! Prices: new instances, changes of size, and refunds.

use super::instance_request::{self, Size};
use crate::families::prelude::*;
use crate::model::{
    catalog::Model,
    price::{self, Hourly, Level},
};

/// GetCompShareInstancePrice.
pub(super) fn new_instance(state: &mut State, call: &Call<'_>) -> Outcome {
    let (model, mut hourly) = read(state, call, ["Gpu", "Cpu"])?;
    let sent = call.parameters;
    for index in sent.children("Volumes") {
        let size = call.number(&format!("Volumes.{index}.Size"))?;
        hourly.add_disk(false, DiskKind::CloudSsd, size);
    }
    quote(call, model, hourly, call.quantity(), &ChargeType::QUOTED)
}

/// GetCompShareInstanceUserPrice: for one period, without Dynamic.
pub(super) fn of_user(state: &mut State, call: &Call<'_>) -> Outcome {
    let (model, hourly) = read(state, call, ["GPU", "CPU"])?;
    let rows = [ChargeType::Month, ChargeType::Day, ChargeType::Postpay, ChargeType::Spot];
    quote(call, model, hourly, 1, &rows)
}

/// What both quotations have in common.
fn read(
    state: &State,
    call: &Call<'_>,
    names: [&str; 2],
) -> Result<(&'static Model, Hourly), Refusal> {
    let model = instance_request::model(call)?;
    let size = Size::read(call, model, names)?;
    let mut hourly = Hourly { machine: size.hourly(model), ..Hourly::default() };
    for disk in instance_request::disks(call, model)? {
        hourly.add_disk(disk.boot, disk.kind, disk.size_gb);
    }
    if let Some(id) = call.parameters.filled("CompShareImageId") {
        hourly.add_image(state.usable_image(call.company, id)?, size.gpu);
    }
    Ok((model, hourly))
}

fn quote(
    call: &Call<'_>,
    model: &Model,
    hourly: Hourly,
    periods: i64,
    rows: &[ChargeType],
) -> Outcome {
    let wanted = instance_request::charge(call, model)?;
    if let Some(charge) = wanted.filter(|charge| !rows.contains(charge)) {
        let why = format!("{} has no price in this action", charge.as_str());
        return Err(Refusal::unavailable("ChargeType", why));
    }
    let sold = rows.iter().copied().filter(|charge| model.spot || *charge != ChargeType::Spot);
    let shown = sold.filter(|charge| wanted.is_none_or(|wanted| wanted == *charge));
    let list = |level| -> Value {
        shown.clone().map(|charge| hourly.row(level, charge, periods)).collect()
    };
    Ok(json!({
        "PriceDetails": list(Level::Paid),
        "OriginalPriceDetails": list(Level::Original),
        "ListPriceDetails": list(Level::List),
    }))
}

/// GetCompShareInstanceUpgradePrice: for the time left of what was paid for, else for an hour.
pub(super) fn upgrade(state: &mut State, call: &Call<'_>) -> Outcome {
    let sent = call.parameters;
    let instance = state.own_instance(call)?.clone();
    if ["CPU", "Memory", "GPU"].iter().all(|name| sent.filled(name).is_none()) {
        return Err(Refusal::missing("CPU"));
    }
    let model = Model::find(&instance.gpu_type)
        .ok_or_else(|| Refusal::unavailable("UHostId", "its GPU model is no longer sold"))?;
    let size = Size {
        gpu: sent.int("GPU").unwrap_or(instance.gpu),
        cpu: sent.int("CPU").unwrap_or(instance.cpu),
        memory_mb: sent.int("Memory").unwrap_or(instance.memory_mb),
    };
    size.check(model, ["GPU", "CPU"])?;
    let now = price::machine(model, instance.gpu, instance.cpu, instance.memory_mb);
    let difference = size.hourly(model) - now;
    let charge = instance.charge_type;
    let periods = price::periods_left(charge, instance.expire_time, call.seconds());
    Ok(json!({
        "Price": Level::Paid.of(difference, charge, periods),
        "OriginalPrice": Level::Original.of(difference, charge, periods),
        "ListPrice": Level::List.of(difference, charge, periods),
    }))
}

/// GetCompShareRefundPrice: a row for each id, with a code of its own.
pub(super) fn refund(state: &mut State, call: &Call<'_>) -> Outcome {
    let ids = call.parameters.list("UHostIds").ok_or_else(|| Refusal::missing("UHostIds"))?;
    let now = call.seconds();
    let row = |id| {
        let (code, message, amount) = match state.instance(call, "UHostIds", id) {
            Err(_) => (8039, format!("no such instance: {}", short(id)), 0.0),
            Ok(own) if own.is_expired(now) => (226_602, "the instance has expired".into(), 0.0),
            Ok(own) => {
                let hourly = price::instance(own);
                let amount = price::refund(hourly, own.charge_type, own.expire_time, now);
                (0, String::new(), amount)
            }
        };
        json!({ "UHostId": short(id), "Code": code, "Message": message, "RefundPrice": amount })
    };
    let rows: Vec<Value> = ids.into_iter().map(row).collect();
    Ok(json!({ "RefundPriceSet": rows }))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{Caller, column};

    const PRICE: &str = "GetCompShareInstancePrice";
    const SIZE: [(&str, &str); 4] =
        [("GpuType", "4090"), ("Gpu", "1"), ("Cpu", "16"), ("Memory", "65536")];
    const USER: [(&str, &str); 4] =
        [("GpuType", "4090"), ("GPU", "1"), ("CPU", "16"), ("Memory", "65536")];

    fn with(
        base: &[(&'static str, &'static str)],
        more: &[(&'static str, &'static str)],
    ) -> Vec<(&'static str, &'static str)> {
        base.iter().chain(more).copied().collect()
    }

    #[test]
    fn every_way_of_billing_is_quoted() {
        let mut caller = Caller::new();
        let response = caller.ok(PRICE, &SIZE);
        let rows = &response["PriceDetails"];
        assert_eq!(column(rows, "ChargeType"), ["Month", "Day", "Dynamic", "Postpay", "Spot"]);
        assert_eq!(column(rows, "Instance"), ["979.78", "46.27", "2.27", "2.27", "0.91"]);
        assert_eq!(response["OriginalPriceDetails"][0]["Instance"], 1632.96);
        assert_eq!(response["ListPriceDetails"][0]["ListPrice"], "1959.55");
        let response = caller.ok("GetCompShareInstanceUserPrice", &USER);
        let rows = column(&response["PriceDetails"], "ChargeType");
        assert_eq!(rows, ["Month", "Day", "Postpay", "Spot"]);
    }

    #[test]
    fn parts_add_up() {
        let mut caller = Caller::new();
        let more = [
            ("ChargeType", "Month"),
            ("Quantity", "2"),
            ("Disks.0.IsBoot", "true"),
            ("Disks.0.Type", "CLOUD_SSD"),
            ("Disks.0.Size", "300"),
            ("Disks.1.IsBoot", "false"),
            ("Disks.1.Type", "CLOUD_NORMAL"),
            ("Disks.1.Size", "100"),
            ("Volumes.0.Type", "UDisk"),
            ("Volumes.0.Size", "50"),
            ("CompShareImageId", "compshareImage-c02v4"),
        ];
        let response = caller.ok(PRICE, &with(&SIZE, &more));
        let row = &response["PriceDetails"][0];
        assert_eq!(response["PriceDetails"].as_array().map(Vec::len), Some(1));
        assert_eq!((&row["SystemDisks"], &row["Disks"]), (&json!(86.4), &json!(86.4)));
        assert_eq!(row["CompShareImage"], 720.0);
    }

    #[test]
    fn only_products_on_sale_are_quoted() {
        let mut caller = Caller::new();
        for (change, parameter) in [
            (("GpuType", "9999"), "GpuType"),
            (("Gpu", "11"), "Gpu"),
            (("Cpu", "7"), "Cpu"),
            (("Memory", "2048"), "Memory"),
            (("ChargeType", "Year"), "ChargeType"),
            (("CompShareImageId", "compshareImage-no"), "CompShareImageId"),
        ] {
            let (code, message) = caller.refused(PRICE, &with(&SIZE, &[change]));
            assert!(code == 230 && message.contains(&format!("[{parameter}]")), "{message}");
        }
        let dynamic = with(&USER, &[("ChargeType", "Dynamic")]);
        assert_eq!(caller.refused("GetCompShareInstanceUserPrice", &dynamic).0, 230);
        let spot = [("GpuType", "A800"), ("Gpu", "1"), ("Cpu", "15"), ("Memory", "204800")];
        let rows = caller.ok(PRICE, &spot);
        assert!(!column(&rows["PriceDetails"], "ChargeType").contains(&"Spot".to_owned()));
    }

    #[test]
    fn a_change_costs_or_gives_back() {
        let mut caller = Caller::new();
        const UPGRADE: &str = "GetCompShareInstanceUpgradePrice";
        let running = ("UHostId", "uhost-xxxx");
        let more = [running, ("CPU", "32"), ("Memory", "131072"), ("GPU", "2")];
        let response = caller.ok(UPGRADE, &more);
        assert_eq!((&response["Price"], &response["ListPrice"]), (&json!(2.27), &json!(2.72)));
        let less = [running, ("CPU", "8"), ("Memory", "32768")];
        assert!(caller.ok(UPGRADE, &less)["Price"].as_f64().is_some_and(|price| price < 0.0));
        assert_eq!(caller.refused(UPGRADE, &[running]).0, 220);
        assert_eq!(caller.refused(UPGRADE, &[running, ("CPU", "9")]).0, 230);
        assert_eq!(caller.refused(UPGRADE, &[("UHostId", "uhost-no"), ("CPU", "16")]).0, 230);
    }

    #[test]
    fn refunds_fail_one_by_one() {
        let mut caller = Caller::new();
        let ids = [
            ("UHostIds.0", "uhost-xxxx"),
            ("UHostIds.1", "uhost-none"),
            ("UHostIds.2", "uhost-stopped"),
            ("UHostIds.3", "uhost-sh2"),
        ];
        let response = caller.ok("GetCompShareRefundPrice", &ids);
        let rows = &response["RefundPriceSet"];
        assert_eq!(column(rows, "Code"), ["0", "8039", "0", "8039"]);
        assert_eq!(rows[0]["RefundPrice"], 0.0);
        assert!(rows[2]["RefundPrice"].as_f64().is_some_and(|price| price > 100.0));
        assert_eq!(rows[1]["Message"], Value::from("no such instance: uhost-none"));
        assert_eq!(caller.refused("GetCompShareRefundPrice", &[]).0, 220);
    }
}

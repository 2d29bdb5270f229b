//! DownloadTeamOrder: orders as a CSV file, made line by line.

use super::select::select;
use crate::call::CsvFile;
use crate::families::prelude::*;
use crate::model::order::Order;

/// Headings as in the sample of the product documentation: order number, type, state, billing, amount,
/// amount paid, resource, creation time.
const HEAD: &str = "订单号,订单类型,订单状态,计费方式,订单金额,实付金额,资源ID,创建时间";
/// Fields of an order, in the order of the headings, that are texts.
const TEXTS: [&str; 7] =
    ["OrderNo", "OrderType", "OrderState", "ChargeType", "Amount", "AmountReal", "ResourceId"];

/// The orders of one member, or of all.
pub(crate) fn download(state: &mut State, call: &Call<'_>) -> Result<CsvFile, Refusal> {
    let orders = select(state, call)?;
    let team = call.parameters.int("TeamId").unwrap_or_default();
    let lines = std::iter::once(HEAD.to_owned()).chain(orders.into_iter().map(line));
    Ok(CsvFile { name: format!("team-{team}-orders.csv"), lines: Box::new(lines) })
}

/// Values contain no commas, so none is quoted.
fn line(order: Order) -> String {
    let row = order.row();
    let texts = TEXTS.map(|field| text(&row, field));
    format!("{},{}", texts.join(","), order.created)
}

#[cfg(test)]
mod tests {
    use crate::{
        model::{PRIVATE_KEY, PUBLIC_KEY},
        server::Sim,
        testing::{
            Caller,
            client::{Client, header, request},
            form, post,
        },
    };

    const ACTION: (&str, &str) = ("Action", "DownloadTeamOrder");

    fn body(pairs: &[(&str, &str)]) -> String {
        form(&[&[ACTION, ("TeamId", "1001")], pairs].concat(), PUBLIC_KEY, PRIVATE_KEY)
    }

    fn lines(caller: &mut Caller, pairs: &[(&str, &str)]) -> Vec<String> {
        let response = caller.gateway.handle(caller.now, &post(body(pairs)));
        assert_eq!(response.headers()["content-type"], "text/csv; charset=utf-8");
        let name = "attachment; filename=\"team-1001-orders.csv\"";
        assert_eq!(response.headers()["content-disposition"], name);
        let text = std::str::from_utf8(response.body()).expect("UTF-8");
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_file_has_the_orders_of_one_member_or_all() {
        let mut caller = Caller::new();
        let all = lines(&mut caller, &[]);
        assert_eq!(all.len(), 1 + 130 + 12);
        assert_eq!(all[0], super::HEAD);
        let first = "order-60001-000000,Buy,Paid,Dynamic,10.00,8.50,uhost-60001000000,1760000000";
        assert_eq!(all[1], first);
        assert_eq!(lines(&mut caller, &[("VirtualCompanyId", "0")]), all);
        assert_eq!(lines(&mut caller, &[("VirtualCompanyId", "60002")]).len(), 13);
        assert_eq!(lines(&mut caller, &[("OrderStates.0", "Unpaid")]).len(), 1 + 19 + 2);
        assert_eq!(lines(&mut caller, &[("EndTime", "1760000000")]).len(), 3);
        assert_eq!(lines(&mut caller, &[("EndTime", "1")]), [super::HEAD]);
    }

    #[test]
    fn a_refusal_is_json() {
        let mut caller = Caller::new();
        for (pairs, code) in [
            (&[("TeamId", "9")][..], 230),
            (&[("TeamId", "2001")], 299),
            (&[("TeamId", "1001"), ("VirtualCompanyId", "9")], 230),
            (&[("TeamId", "1001"), ("OrderStates.0", "Lost")], 230),
            (&[("TeamId", "1001"), ("BeginTime", "2"), ("EndTime", "1")], 230),
            (&[], 220),
        ] {
            assert_eq!(caller.refused("DownloadTeamOrder", pairs).0, code, "{pairs:?}");
        }
    }

    #[test]
    fn thousands_of_orders_are_written_as_they_are_made() {
        let sim = Sim::start().expect("a simulator");
        sim.with_gateway(|gateway| gateway.add_team_orders(1001, 60002, 20_000));
        let mut client = Client::new(&sim);
        let request = request(&body(&[])).replace("\r\nhost", "\r\nconnection: close\r\nhost");
        client.send(&request);
        let response = String::from_utf8(client.rest()).expect("UTF-8");
        let (head, mut rest) = response.split_once("\r\n\r\n").expect("a head");
        assert_eq!(header(head, "transfer-encoding"), Some("chunked"));
        let mut text = String::new();
        loop {
            let (length, after) = rest.split_once("\r\n").expect("a chunk");
            let length = usize::from_str_radix(length, 16).expect("its length");
            if length == 0 {
                break;
            }
            text.push_str(&after[..length]);
            rest = &after[length + 2..];
        }
        assert_eq!(text.lines().count(), 1 + 130 + 12 + 20_000);

        client = Client::new(&sim);
        client.send(&request.replace("HTTP/1.1", "HTTP/1.0"));
        assert_eq!(client.response().expect("a response").body, text.as_bytes());
    }
}

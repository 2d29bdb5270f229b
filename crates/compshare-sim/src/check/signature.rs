//! Checking who sent a request: public key, signature, security token.

use std::collections::BTreeMap;

use compshare_proto::{metadata::Encoding, sign::sign};

use crate::{call::Refusal, check::request::Received, model::Account};

/// Finds the account that signed the request, or says why it is not accepted.
pub(crate) fn authenticate<'a>(
    accounts: &'a [Account],
    received: &Received,
) -> Result<&'a Account, Refusal> {
    let parameters = &received.parameters;
    let public_key = parameters.text("PublicKey");
    let account = public_key
        .and_then(|key| accounts.iter().find(|account| account.public_key() == key))
        .ok_or_else(|| Refusal::new(172, "no such user: the PublicKey is unknown"))?;
    let given =
        parameters.filled("Signature").ok_or_else(|| Refusal::new(170, "Missing signature"))?;
    if expected(account, received).as_deref() != Some(given) {
        return Err(Refusal::new(171, "Signature VerifyAC Error"));
    }
    if !account.accepts_token(parameters.text("SecurityToken")) {
        let why = "no such token: the SecurityToken does not belong to the key";
        return Err(Refusal::new(174, why));
    }
    Ok(account)
}

/// The signature that the request should have; `None` where it cannot be signed.
fn expected(account: &Account, received: &Received) -> Option<String> {
    let key = &account.private_key;
    let signature = match &received.json {
        Some(object) => {
            let mut rest = object.clone();
            rest.remove("Signature");
            sign(&rest, key, Encoding::Json)
        }
        None => {
            let rest: BTreeMap<&str, &str> =
                received.parameters.sorted().filter(|(name, _)| *name != "Signature").collect();
            sign(&rest, key, Encoding::Form)
        }
    };
    Some(signature.ok()?.expose().to_owned())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;

    use super::*;
    use crate::check::request::read;

    fn received(content_type: &str, body: &str) -> Received {
        let request = Request::post("/")
            .header("content-type", content_type)
            .body(Bytes::from(body.to_owned()))
            .expect("a valid request");
        read(&request).expect("a readable request")
    }

    fn code(accounts: &[Account], received: &Received) -> i64 {
        authenticate(accounts, received).map_or_else(|refusal| refusal.code, |_| 0)
    }

    /// The example that UCloud publishes.
    const PUBLISHED: &str = "Action=DescribeUHostInstance&Limit=10&Region=cn-bj2\
        &PublicKey=ucloudsomeone%40example.com1296235120854146120\
        &Signature=cba5cf5ec4d4233d206b1b54951e3787350a642f";

    fn published_account() -> Account {
        Account::new(
            1,
            "ucloudsomeone@example.com1296235120854146120",
            "46f09bb9fab4f12dfc160dae12273d5332b5debe",
        )
    }

    #[test]
    fn accepts_the_published_example() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(code(&[published_account()], &received(form, PUBLISHED)), 0);
    }

    #[test]
    fn refuses_in_the_documented_order() {
        let form = "application/x-www-form-urlencoded";
        let accounts = [published_account()];
        let (unsigned, _) = PUBLISHED.split_once("&Signature").expect("it is signed");
        assert_eq!(code(&[], &received(form, PUBLISHED)), 172);
        assert_eq!(code(&accounts, &received(form, "Signature=x")), 172);
        assert_eq!(code(&accounts, &received(form, unsigned)), 170);
        assert_eq!(
            code(&accounts, &received(form, &PUBLISHED.replace("Limit=10", "Limit=11"))),
            171
        );
        assert_eq!(code(&accounts, &received(form, &PUBLISHED.replace("=cba5", "=CBA5"))), 171);
        let temporary = [published_account().security_token("t")];
        assert_eq!(code(&temporary, &received(form, PUBLISHED)), 174);
    }

    #[test]
    fn signs_native_arrays_of_json() {
        let body = r#"{"Action":"GetCompShareInstanceMonitor","Region":"cn-wlcb","Zone":"cn-wlcb-01",
            "UHostIds":["uhost-2","uhost-1"],"PublicKey":"public",
            "Signature":"1e322167510a9daa2bf6c057a6a100a0138376c2"}"#;
        let accounts = [Account::new(1, "public", "private")];
        assert_eq!(code(&accounts, &received("application/json", body)), 0);
        let swapped = body.replace(r#""uhost-2","uhost-1""#, r#""uhost-1","uhost-2""#);
        assert_eq!(code(&accounts, &received("application/json", &swapped)), 171);
    }
}

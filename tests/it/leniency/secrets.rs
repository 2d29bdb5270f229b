//! The same for passwords: Base64, or the text itself in older responses; and other secrets.

use compshare_proto::{
    Action, Secret,
    actions::{CreateCompShareInstance, DescribeCompShareInstance},
};

use super::{Place, REFUSED, check_at};

fn exposed(secret: Option<Secret>) -> String {
    secret.map_or_else(|| "none".to_owned(), |secret| secret.expose().to_owned())
}

#[test]
fn passwords() {
    let cells = [
        ("missing", "none"),
        ("null", "none"),
        (r#""""#, "none"),
        (r#""UGFzc3dvcmQx""#, "Password1"),
        (r#""cGEgc3M=""#, "pa ss"),
        (r#""5a+G56CB""#, "密码"),
        (r#""Password!""#, "Password!"),
        (r#""hunter2""#, "hunter2"),
        // Base64 of bytes that are no text, of a control character, and of nothing.
        (r#""abcd1234""#, "abcd1234"),
        (r#""CQ==""#, "CQ=="),
        (r#""UGFzc3dvcmQx\n""#, "UGFzc3dvcmQx\n"),
        // Without its padding, and with bits that an encoder would not set.
        (r#""YQ""#, "YQ"),
        (r#""YR==""#, "YR=="),
        ("12345678", "12345678"),
        ("[]", REFUSED),
        ("{}", REFUSED),
    ];
    let refused = " was left out: expected text";
    let instance = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"#,
        path: "UHostSet[0].Password",
        after: "}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        exposed(response.uhost_set.remove(0).password)
    };
    check_at::<DescribeCompShareInstance>(&instance, refused, show, &cells);

    let created = Place { before: r#"{"RetCode":0,"#, path: "Password", after: "}" };
    let show = |response: <CreateCompShareInstance as Action>::Response| exposed(response.password);
    check_at::<CreateCompShareInstance>(&created, refused, show, &cells[1..]);
}

/// What no fact calls Base64 is taken as it is, whatever it looks like.
#[test]
fn other_secrets_are_no_base64() {
    let place = Place {
        before: r#"{"RetCode":0,"UHostSet":[{"#,
        path: "UHostSet[0].SshLoginCommand",
        after: "}]}",
    };
    let show = |mut response: <DescribeCompShareInstance as Action>::Response| {
        exposed(response.uhost_set.remove(0).ssh_login_command)
    };
    let cells = [
        ("null", "none"),
        (r#""ssh root@1.2.3.4 -p 22""#, "ssh root@1.2.3.4 -p 22"),
        (r#""UGFzc3dvcmQx""#, "UGFzc3dvcmQx"),
    ];
    check_at::<DescribeCompShareInstance>(&place, "", show, &cells);
}

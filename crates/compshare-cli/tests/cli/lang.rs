//! What a `RetCode` means, in Chinese where that is wanted.

use compshare_blocking::RetCode;

use crate::{Cli, server::responding, update};

const REFUSAL: &str = r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#;
const LINE: &str = "error: UpdateCompShareImage refused: Signature VerifyAC Error (RetCode 171): \
                    check the private key\n";
const HINT: &str = "hint: 签名错误。请检查私钥。\n";

fn cli() -> Cli {
    responding("", REFUSAL)
}

#[test]
fn the_error_stays_and_a_hint_is_in_chinese() {
    let chinese = format!("{LINE}{HINT}");
    for (cli, words, text) in [
        (cli(), update(&[]), LINE),
        (cli().set("LANG", "zh_CN.UTF-8"), update(&[]), &*chinese),
        (cli().set("LANG", "en_US.UTF-8").set("LC_ALL", "zh_CN"), update(&[]), &*chinese),
        (cli().set("LANG", "zh_CN.UTF-8").set("LC_ALL", "C"), update(&[]), LINE),
        (cli(), update(&["--lang", "zh"]), &*chinese),
        (cli().set("LANG", "zh_CN.UTF-8"), update(&["--lang", "en"]), LINE),
    ] {
        let ended = cli.run(&words);
        assert_eq!((ended.code, &*ended.stderr), (Some(1), text));
    }
}

#[test]
fn every_code_has_words_in_chinese() {
    for known in RetCode::known() {
        let body = known.meaning_zh;
        assert!(body.chars().any(|c| c > '\u{2e80}') && body.ends_with('。'), "{}", known.code);
    }
}

#[test]
fn there_are_two_languages() {
    let ended = Cli::bare().run(&update(&["--lang", "fr"]));
    assert_eq!(
        ended.stderr,
        "error: invalid value 'fr' for '--lang <en|zh>'\n  [possible values: en, zh]\n"
    );
    assert_eq!(ended.code, Some(2));
}

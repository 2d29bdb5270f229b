//! Names in Rust: documented names in snake case, and the exceptions to it.

/// Words with a capital inside. Runs of capitals, such as `GPU`, `VPC` and `EIP`, are words anyway.
const WORDS: &[&str] = &["CompShare", "ULHost", "UHost", "UDHost", "UDisk", "IPv6"];

/// Words that a name in snake case cannot be.
const KEYWORDS: &str = "
    abstract as async await become box break const continue crate do dyn else enum extern false
    final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self
    static struct super trait true try type typeof unsafe unsized use virtual where while yield
";

/// The snake case of a documented name: `CompShareImageId` is `compshare_image_id`.
pub(crate) fn snake(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(first_word(rest));
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if !word.is_empty() {
            words.push(word);
        }
        rest = after;
    }
    let snake = words.join("_");
    if KEYWORDS.split_whitespace().any(|keyword| keyword == snake) {
        format!("{snake}_")
    } else {
        snake
    }
}

/// Lists whose names have another singular or plural than one with an `s` less or more.
const PLURALS: &[(&str, &str)] = &[("status", "statuses")];

/// What one item of a list is called, and several, given the list's name in snake case.
pub(crate) fn one_and_many(list: &str) -> (String, String) {
    let known = PLURALS.iter().find(|(one, many)| list == *one || list == *many);
    let (one, many) = match (known, list.strip_suffix('s')) {
        (Some((one, many)), _) => (*one, (*many).to_owned()),
        (None, Some(one)) => (one, list.to_owned()),
        (None, None) => (list, format!("{list}s")),
    };
    (one.to_owned(), many)
}

/// The camel case of a name in snake case.
pub(crate) fn camel(snake: &str) -> String {
    let words = snake.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_uppercase() + rest
    });
    words.collect()
}

/// Length of the first word in bytes.
fn first_word(name: &str) -> usize {
    if let Some(word) = WORDS.iter().find(|word| name.starts_with(**word)) {
        return word.len();
    }
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let mut characters = name.char_indices().peekable();
    let mut before = characters.next().map(|(_, c)| c);
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map(|(_, c)| *c);
        let starts_word = c.is_uppercase() && (!is_capital(before) || is_small(after));
        let plural = c.is_uppercase() && after == Some('s') && name.get(at + 2..).is_some_and(ends);
        if (starts_word && !plural) || c == '_' || c == '-' {
            return at;
        }
        before = Some(c);
    }
    name.len()
}

/// Whether a word is over after the `s` of `EIPs`.
fn ends(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_uppercase)
}

/// Whether Rust takes it as the name of a type or variant.
pub(crate) fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric())
        && name != "Self"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_names_become_snake_case() {
        for (name, expected) in [
            ("Name", "name"),
            ("name", "name"),
            ("CompShareImageId", "compshare_image_id"),
            ("CompshareImageGroup", "compshare_image_group"),
            ("NewCompShareImageId", "new_compshare_image_id"),
            ("UpdateCompShareImage", "update_compshare_image"),
            ("DescribeULHostInstance", "describe_ulhost_instance"),
            ("UHostId", "uhost_id"),
            ("UHostIds", "uhost_ids"),
            ("UDiskIdForAttachment", "udisk_id_for_attachment"),
            ("SupportedGpuTypes", "supported_gpu_types"),
            ("GPUType", "gpu_type"),
            ("GPU", "gpu"),
            ("GPUs", "gpus"),
            ("ASC", "asc"),
            ("VPCId", "vpc_id"),
            ("EnableUS3", "enable_us3"),
            ("AttachUS3", "attach_us3"),
            ("CFSId", "cfs_id"),
            ("CUDAVersion", "cuda_version"),
            ("SwitchCompShareEIPShareBandwidth", "switch_compshare_eip_share_bandwidth"),
            ("MountedUHostIds", "mounted_uhost_ids"),
            ("UHostIPSet", "uhost_ip_set"),
            ("IPv6Feature", "ipv6_feature"),
            ("QrCodeUrl", "qr_code_url"),
            ("IsOfficial", "is_official"),
            ("TopOrganizationID", "top_organization_id"),
            ("order_start_time", "order_start_time"),
        ] {
            assert_eq!(snake(name), expected, "{name}");
        }
    }

    #[test]
    fn keywords_get_an_underscore() {
        assert_eq!(snake("Type"), "type_");
        assert_eq!(snake("Self"), "self_");
        assert_eq!(snake("Types"), "types");
    }

    #[test]
    fn lists_have_a_singular_and_a_plural() {
        for (list, one, many) in [
            ("tags", "tag", "tags"),
            ("tag", "tag", "tags"),
            ("uhost_ids", "uhost_id", "uhost_ids"),
            ("status", "status", "statuses"),
        ] {
            assert_eq!(one_and_many(list), (one.to_owned(), many.to_owned()), "{list}");
        }
    }

    #[test]
    fn camel_case_is_what_a_reader_expects() {
        assert_eq!(camel("compshare_image_id"), "CompshareImageId");
        assert_eq!(camel("type_"), "Type");
    }

    #[test]
    fn type_names_start_with_a_capital() {
        assert!(is_type_name("CompShareImage"));
        assert!(!is_type_name("4090"));
        assert!(!is_type_name("Un-Available"));
        assert!(!is_type_name("Self"));
        assert!(!is_type_name(""));
    }
}

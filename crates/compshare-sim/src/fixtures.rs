//! What a new gateway holds: companies, images, instances, disks, teams and hosts.

mod machines;
mod others;
mod teams;

use crate::{
    model::{Account, COMPANY_ID, Image, ImageGroup, ImageKind, ImageStatus},
    state::State,
};

/// Company that publishes most community images.
const AUTHOR: i64 = 67890;
/// Company that has shared an image with the account.
const FRIEND: i64 = 54321;
/// Time of the first fixture, in Unix seconds; each later one is an hour younger.
const START: i64 = 1_760_000_000;
const HOUR: i64 = 3600;
/// Id, and name here, of the image that the vendor's public example programs create instances from.
const EXAMPLE: (&str, &str) = ("compshareImage-165jmhx19ik7", "Ubuntu 22.04 with CUDA");

/// Names of platform images, by kind.
#[rustfmt::skip]
const PLATFORM: [(ImageKind, &[&str]); 4] = [
    (ImageKind::System, &[
        "Ubuntu 20.04", "Ubuntu 22.04", "Ubuntu 24.04", "Debian 12", "CentOS 7.9", "Rocky Linux 9",
        "AlmaLinux 9", "openEuler 24.03", "Anolis OS 8", "Windows Server 2019",
        "Windows Server 2022", "Windows 10", "Windows 11", EXAMPLE.1,
    ]),
    (ImageKind::App, &[
        "PyTorch 2.1", "PyTorch 2.4", "PyTorch 2.7", "TensorFlow 2.16", "ComfyUI",
        "Stable Diffusion WebUI", "vLLM", "Ollama", "LLaMA-Factory", "SGLang", "JupyterLab",
        "Miniconda", "Fooocus", "Kohya_ss",
    ]),
    (ImageKind::Game, &[
        "云游戏 01", "云游戏 02", "云游戏 03", "云游戏 04", "云游戏 05", "云游戏 06", "Steam",
        "Sunshine", "Parsec", "Moonlight",
    ]),
    (ImageKind::Other, &[
        "Blender", "Unreal Engine 5", "Unity", "MATLAB", "ANSYS", "GROMACS", "LAMMPS", "AlphaFold",
        "COLMAP", "Nerfstudio",
    ]),
];

/// Community images: title, tags, price of the newest version, number of versions.
const COMMUNITY: [(&str, &[&str], f64, usize); 12] = [
    ("深度学习全家桶", &["深度学习", "PyTorch"], 0.0, 3),
    ("ComfyUI 一键整合包", &["图像生成", "ComfyUI"], 0.5, 4),
    ("Stable Diffusion XL", &["图像生成", "PyTorch"], 0.0, 2),
    ("GPT-SoVITS 语音克隆", &["语音合成", "PyTorch"], 0.0, 3),
    ("DeepSeek-R1 本地部署", &["大语言模型", "PyTorch"], 1.25, 2),
    ("Qwen3 vLLM", &["大语言模型", "PyTorch"], 0.0, 5),
    ("LLaMA-Factory 微调", &["大语言模型", "深度学习", "PyTorch"], 0.0, 2),
    ("Wan2.1 视频生成", &["视频生成", "ComfyUI"], 2.0, 3),
    ("HunyuanVideo", &["视频生成", "PyTorch"], 0.0, 1),
    ("TensorFlow Playground", &["深度学习", "TensorFlow"], 0.0, 2),
    ("CosyVoice 2", &["语音合成"], 0.3, 2),
    ("FLUX.1-dev", &["图像生成", "ComfyUI", "PyTorch"], 0.8, 3),
];

/// Fills an empty state.
pub(crate) fn fill(state: &mut State) {
    state.add_account(
        Account::new(AUTHOR, "sim-author-public-key", "sim-author-private-key").name("模型工坊"),
    );
    state.add_account(
        Account::new(FRIEND, "sim-friend-public-key", "sim-friend-private-key").name("sim-friend"),
    );
    custom(state);
    platform(state);
    community(state);
    machines::fill(state);
    others::network(state);
    teams::fill(state);
    others::ulhosts(state);
}

fn custom(state: &mut State) {
    let mut first = Image::custom("compshareImage-xxxx", "my-env", COMPANY_ID);
    first.tags = vec!["base".to_owned()];
    first.description = "PyTorch 2.1 with CUDA 12.1".to_owned();
    first.readme = "# my-env".to_owned();
    let mut machine = Image::custom("compshareImage-vm", "my-vm", COMPANY_ID);
    machine.container = false;
    let mut failed = Image::custom("compshareImage-failed", "broken-build", COMPANY_ID);
    failed.status = ImageStatus::UnAvailable;
    let training = Image::custom("compshareImage-training", "训练环境", COMPANY_ID);
    let mut shared = Image::custom("compshareImage-shared", "friend-env", FRIEND);
    shared.shared_with.insert(COMPANY_ID);
    shared.readme = "# friend-env".to_owned();
    for (hours, image) in (0..).zip([first, machine, failed, training, shared]) {
        state.add_image(dated(image, START + hours * HOUR));
    }
}

fn platform(state: &mut State) {
    for (kind, names) in PLATFORM {
        for (number, name) in (1..).zip(names) {
            let id = if *name == EXAMPLE.1 {
                EXAMPLE.0.to_owned()
            } else {
                format!("compshareImage-{}{number:02}", kind.as_str().to_lowercase())
            };
            let mut image = Image::platform(id, *name, kind);
            if kind == ImageKind::App {
                image.tags = vec!["深度学习".to_owned()];
            }
            image.container = kind != ImageKind::System;
            state.add_image(dated(image, START - number * HOUR));
        }
    }
}

fn community(state: &mut State) {
    for (number, (title, tags, price, versions)) in (1..).zip(COMMUNITY) {
        let id = format!("group-{number:02}");
        let official = number % 5 == 0;
        let mut group = ImageGroup::new(&*id, title, if official { 1 } else { AUTHOR });
        if official {
            group.author = "CompShare".to_owned();
        }
        group.favorites_count = number * 7 % 12;
        group.recommend_count = number % 4;
        state.add_group(group);
        add_versions(state, &id, number, tags, price, versions, official);
    }
    let mut own = ImageGroup::new("group-xxxx", "my-ai-env", COMPANY_ID);
    own.description = "The account's own".to_owned();
    state.add_group(own);
    let mut version = Image::version("compshareImage-published", "group-xxxx", "v1.0");
    version.source = "compshareImage-training".to_owned();
    version.tags = vec!["深度学习".to_owned()];
    version.pub_time = START;
    state.add_image(dated(version, START));
    let mut offline = Image::version("compshareImage-offline", "group-xxxx", "v0.9");
    offline.status = ImageStatus::Offline;
    offline.visibility = 0;
    offline.pub_time = START - HOUR;
    state.add_image(dated(offline, START - HOUR));
}

fn add_versions(
    state: &mut State,
    group: &str,
    number: i64,
    tags: &[&str],
    price: f64,
    versions: usize,
    official: bool,
) {
    for version in 1..=versions {
        let id = format!("compshareImage-c{number:02}v{version}");
        let mut image = Image::version(id, group, format!("v{version}.0"));
        image.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        image.price = if version == versions { price } else { 0.0 };
        image.auth_info = if official { 1 } else { 0 };
        image.auto_start = number % 2 == 0;
        image.supported_gpu_types = vec!["4090".to_owned(), "A100".to_owned()];
        image.created_count = number * 11 % 17;
        image.use_hours = number * 13 % 29;
        let hours = i64::try_from(version).unwrap_or_default();
        image.pub_time = START + (number * 24 + hours) * HOUR;
        let time = image.pub_time;
        state.add_image(dated(image, time));
    }
}

fn dated(mut image: Image, time: i64) -> Image {
    image.create_time = time;
    image.update_time = time;
    image
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::Gateway;

    #[test]
    fn fixtures_fill_several_pages() {
        let gateway = Gateway::new();
        let count = |fits: &dyn Fn(&Image) -> bool| {
            gateway.images().iter().filter(|image| fits(image)).count()
        };
        assert_eq!(count(&|image| image.is_platform()), 48);
        assert_eq!(count(&|image| image.kind == ImageKind::Custom && image.owner == COMPANY_ID), 4);
        assert_eq!(count(&|image| image.shared_with.contains(&COMPANY_ID)), 1);
        assert_eq!(count(&|image| image.kind == ImageKind::Community), 34);
        let image = gateway.image("compshareImage-xxxx").expect("the documented image");
        assert_eq!((image.name.as_str(), &*image.tags), ("my-env", &["base".to_owned()][..]));
        assert!(gateway.group("group-xxxx").is_some());
        let version = gateway.image("compshareImage-c01v3").expect("a version");
        assert_eq!((version.author.as_str(), version.owner), ("模型工坊", AUTHOR));
    }
}

//! Publishes a new version of a community image, with cover and readme: `cargo run --example
//! publish_version`. A CI job would do the same with `Client::from_env()`.

use std::{error::Error, time::Duration};

use compshare_blocking::{
    Client, Cny, Config, Credentials, PollPolicy, Response,
    actions::{
        DescribeSelfCommunityImages, DescribeSelfCommunityImagesResponse, PublishCompShareImage,
    },
    poll::PollState,
    types::ImageStatus,
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

const README: &str = "# 使用说明\n\n启动后打开 8888 端口。\n";
/// A PNG of one pixel.
const COVER: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\0\0\0\0IEND\xaeB`\x82";

fn main() -> Result<(), Box<dyn Error>> {
    let sim = Sim::builder().clock_speed(60).start()?;
    println!("simulator {} (its clock advances a minute per second)", sim.endpoint());
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb").zone("cn-wlcb-01");

    let first = PublishCompShareImage::new("compshareImage-xxxx", "v1.0")
        .community_image_name("my-ai-env")
        .description("PyTorch 2.1 preinstalled")
        .price(Cny(0.0))
        .tags(["深度学习", "PyTorch"]);
    let first = client.send(&first)?;
    println!("v1.0      submitted as {}", first.new_compshare_image_id);
    let group_id = wait_for_review(&client, &first.new_compshare_image_id)?;

    let second = PublishCompShareImage::new("compshareImage-xxxx", "v1.1")
        .group_id(&group_id)
        .version_desc("CUDA 12.4")
        .price(Cny(0.0))
        .cover_bytes(COVER)
        .readme(README)
        .supported_gpu_types(["4090", "A100"])
        .auto_start(true);
    let second = client.send(&second)?;
    println!("v1.1      submitted as {}", second.new_compshare_image_id);
    wait_for_review(&client, &second.new_compshare_image_id)?;

    let group = DescribeSelfCommunityImages::new().group_id(group_id);
    for group in client.items(group) {
        let group = group?;
        println!("{} has {} versions:", group.image_name, group.data.len());
        for version in &group.data {
            println!("  {} {}", version.version_name, version.version_desc);
        }
    }
    Ok(())
}

/// Waits until a version is reviewed; returns the id of its group.
fn wait_for_review(client: &Client, id: &str) -> Result<String, Box<dyn Error>> {
    let mut review = client
        .waiting(Reviewed { id: id.to_owned() })
        .poll_policy(PollPolicy::until(Duration::from_secs(3600)))
        .on_progress(|progress| println!("waiting   {}", progress.state));
    Ok(client.drive(&mut review)?)
}

/// A version passes its review; ends with the id of its group.
struct Reviewed {
    id: String,
}

impl compshare_blocking::Condition for Reviewed {
    type Action = DescribeSelfCommunityImages;
    type Done = String;

    fn action(&self) -> DescribeSelfCommunityImages {
        DescribeSelfCommunityImages::new().compshare_image_id(&self.id)
    }

    fn judge(
        &mut self,
        response: &Response<DescribeSelfCommunityImagesResponse>,
    ) -> PollState<String> {
        let groups = response.compshare_image_group.iter();
        let version = groups
            .flat_map(|group| group.data.iter().map(move |version| (group, version)))
            .find(|(_, version)| version.compshare_image_id == self.id);
        match version {
            None => PollState::Pending("not listed yet".to_owned()),
            Some((group, version)) => match &version.status {
                Some(ImageStatus::Available) => PollState::Ready(group.group_id.clone()),
                Some(ImageStatus::Offline | ImageStatus::Unavailable) => {
                    PollState::Failed("the review was rejected".to_owned())
                }
                Some(status) => PollState::Pending(format!("the version is {status}")),
                None => PollState::Pending("the version's status is unknown".to_owned()),
            },
        }
    }
}

//! Prints the free PyTorch images of the community, the most used first: `cargo run --example free_pytorch_images`.

use compshare_blocking::{Client, Config, Credentials, Error};
use compshare_blocking::{actions::DescribeCommunityImages, types::SortField};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sim = Sim::start()?;
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb"); // Client::from_env()? for the real market

    let images = DescribeCommunityImages::new()
        .tag("PyTorch")
        .is_free(true)
        .sort_condition(SortField::ImageUseTime.descending());
    let groups = client.items(images).collect::<Result<Vec<_>, Error>>()?;
    println!("{}", serde_json::to_string_pretty(&groups)?);
    Ok(())
}

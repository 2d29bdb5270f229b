//! Updates an image's name and tags, against the simulator: `cargo run --example update_image`.
//!
//! The call goes over a loopback socket. To call CompShare itself, replace the client by
//! `Client::from_env()?.region("cn-wlcb")`.

use std::error::Error;

use compshare_blocking::{
    Client, Config, Credentials,
    actions::{DescribeCompShareCustomImages, UpdateCompShareImage},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, RecordedRequest, Sim};

fn main() -> Result<(), Box<dyn Error>> {
    let sim = Sim::start()?;
    println!("simulator  {} (nothing real is changed)", sim.endpoint());

    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb");
    show(&client, "before")?;

    let update = UpdateCompShareImage::new("compshareImage-xxxx")
        .name("my-updated-env")
        .tags(["深度学习", "PyTorch"]);
    let response = client.send(&update)?;

    if let Some(call) = sim.requests().last() {
        print_call(call);
    }
    println!("response   RetCode 0, request {}", response.request_id().unwrap_or("without an id"));
    show(&client, "after")
}

/// Prints the image as the server describes it.
fn show(client: &Client, when: &str) -> Result<(), Box<dyn Error>> {
    let images = DescribeCompShareCustomImages::new().compshare_image_id("compshareImage-xxxx");
    for image in &client.send(images)?.image_set {
        let (id, name, tags) = (&image.compshare_image_id, &image.name, image.tags.join(", "));
        println!("{when:<10} {id}: name {name}, tags {tags}");
    }
    Ok(())
}

/// Prints the signed call as the simulator received it.
fn print_call(call: &RecordedRequest) {
    println!("sent       {} {}, signature accepted:", call.method, call.uri);
    for (name, value) in &call.parameters {
        let value = if name == "Signature" { "*** (40 hex digits)" } else { value };
        println!("           {name} = {value}");
    }
}

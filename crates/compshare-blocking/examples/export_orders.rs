//! Exports a team's orders as CSV: `cargo run --example export_orders [FILE]`.

use std::{env, error::Error, fs, io::Write};

use compshare_blocking::{
    Client, Config, Credentials,
    actions::{DownloadTeamOrder, ListCompShareTeam},
};
use compshare_sim::{PRIVATE_KEY, PUBLIC_KEY, Sim};

fn main() -> Result<(), Box<dyn Error>> {
    let sim = Sim::start()?;
    let config = Config::new(Credentials::new(PUBLIC_KEY, PRIVATE_KEY)).endpoint(sim.endpoint())?;
    let client = Client::new(config)?.region("cn-wlcb");

    let teams = client.send(ListCompShareTeam::new())?.into_body().teams;
    let team = teams.first().ok_or("the account leads no team")?;
    let team_id = team.id.ok_or("the team has no id")?;
    println!("team      {} ({team_id})", team.name);

    let orders = DownloadTeamOrder::new(team_id);
    match env::args().nth(1) {
        // Written as it arrives, so it may be larger than memory.
        Some(path) => {
            let unfinished = format!("{path}.part");
            let mut file = fs::File::create(&unfinished)?;
            let response = client.download(orders, &mut file)?;
            file.flush()?;
            fs::rename(&unfinished, &path)?;
            println!("{} is in {path}", response.name().unwrap_or("the file"));
        }
        None => {
            let mut csv = Vec::new();
            client.download(orders, &mut csv)?;
            let text = String::from_utf8(csv)?;
            let (lines, shown) = (text.lines().count(), text.lines().take(4));
            shown.for_each(|line| println!("{line}"));
            println!("… {lines} lines in all");
        }
    }
    Ok(())
}

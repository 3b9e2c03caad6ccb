//! `lienthong demo`: invented people, real journeys over a real socket, then the site to try.

mod authority;
pub mod client;
pub mod errands;
mod filling;
mod journey;
mod letter;
pub mod ministry;
mod offices;
pub mod paper;
pub mod people;
mod pictures;
mod press;
mod proof;
mod signing;
mod systems;
mod told;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;

use crate::commands::serve::{Doors, told_to_end};
use crate::house::{House, Plan};
use crate::say;
use crate::settings::{Home, Site, WaysOut};
use people::{People, Places};
use platform::Ctx;
use told::Outcome;

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    home: Home,
    #[command(flatten)]
    site: Site,
    #[command(flatten)]
    ways_out: WaysOut,
    /// Ends after the journeys; the exit code is 0 when all of them went well
    #[arg(long)]
    once: bool,
    /// The press is still being built beside us; this file appears when that fails
    #[arg(long, value_name = "FILE", hide = true)]
    press_is_being_built: Option<PathBuf>,
}

impl Demo {
    pub async fn run(mut self) -> Result<ExitCode> {
        let started = Instant::now();
        // Pages, QR codes and notices name the real address, so a free port is chosen before.
        if self.site.listen.port() == 0 {
            self.site.listen = free_port(self.site.listen)?;
        }
        let axis = self.site.axis_listen.unwrap_or(SocketAddr::new(self.site.listen.ip(), 0));
        self.site.axis_listen = Some(if axis.port() == 0 { free_port(axis)? } else { axis });
        let plan =
            Plan { home: &self.home, site: &self.site, ways_out: &self.ways_out, demo: true };
        let house = House::open(&plan).await?;
        let places = people::places(&house.ctx).await?;
        let people = people::seed(&house.ctx, places).await?;
        authority::open(&house.ctx).await?;
        offices::open(&house.ctx, places).await?;
        systems::enter(&house.ctx).await?;
        let doors = Doors::open(&house.ctx, &self.site).await?;
        let address = format!("http://{}", doors.address());
        let axis = doors.axis_address().context("the axis has a listener of its own")?;
        let axis = format!("http://{axis}");
        say::line(&format!(
            "The site is up after {:.1} s: {address} (data: {})",
            started.elapsed().as_secs_f64(),
            self.home.data.display()
        ));
        let worker = house.start_worker();
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let serving = tokio::spawn(doors.run(async {
            let _ = ended.await;
        }));
        let press = press::Awaited { failed: self.press_is_being_built.clone() };
        let scene =
            Scene { address: &address, axis: &axis, people: &people, places, press: &press };
        let outcomes = play(&house.ctx, &scene).await;
        if !self.once {
            told::what_to_try(&address, &people);
            told::axis_to_try(&axis, &systems::ALL);
            told_to_end().await;
        }
        let _ = end.send(());
        let _ = serving.await;
        house.close(Some(worker)).await;
        if self.once {
            outcomes.iter().for_each(|one| say::line(&one.summary()));
        }
        let went_well = outcomes.iter().all(|one| one.failures == 0);
        Ok(if went_well { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}

/// Where the journeys play, and who is there.
pub struct Scene<'a> {
    pub address: &'a str,
    /// The axis' own listener.
    pub axis: &'a str,
    pub people: &'a People,
    pub places: Places,
    pub press: &'a press::Awaited,
}

/// Both journeys, told as they go: one dossier, then one document.
async fn play(ctx: &Ctx, scene: &Scene<'_>) -> Vec<Outcome> {
    let mut crew = errands::Crew::at(scene.address);
    say::line("\nMột hồ sơ / one dossier");
    let dossier = journey::play(ctx, scene, &mut crew).await;
    told::journey(&dossier);
    say::line("Một văn bản / one document");
    let document = letter::play(ctx, scene, &mut crew).await;
    told::journey(&document);
    vec![dossier, document]
}

fn free_port(wanted: SocketAddr) -> Result<SocketAddr> {
    let listener =
        TcpListener::bind(wanted).with_context(|| format!("no free port at {wanted}"))?;
    Ok(listener.local_addr()?)
}

//! From an address to running lanes.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::lane::{Lane, Plan};
use super::lite::{self, Lite};
use super::pg::{self, Pg, Server};
use super::queue::Queue;
use super::{Address, House, Options, StoreError, Tx};

/// Two units that collide more often than this have something else wrong with them.
const ATTEMPTS: u32 = 8;

/// PostgreSQL keeps 64 subtransactions of a transaction at hand; more, and every reader pays.
const GROUP_MAX_POSTGRES: usize = 50;

pub(super) fn house(address: &Address, options: &Options) -> Result<House, StoreError> {
    let crew = match address {
        Address::Sqlite(path) => on_sqlite(path, options)?,
        Address::Postgres(url) => on_postgres(url, options)?,
    };
    let house = House {
        address: address.clone(),
        writes: Arc::new(Queue::new(options.queue_max)),
        reads: Arc::new(Queue::new(options.queue_max)),
        lanes: Mutex::default(),
        written: Arc::default(),
        kept: Mutex::default(),
    };
    let plan = crew.plan;
    for tx in crew.writers {
        let (queue, written) = (Arc::clone(&house.writes), Some(Arc::clone(&house.written)));
        let lane = start("store-write", Lane { tx, queue, plan, written })?;
        house.lanes().writers.push(lane);
    }
    for tx in crew.readers {
        let queue = Arc::clone(&house.reads);
        let lane = start("store-read", Lane { tx, queue, plan, written: None })?;
        house.lanes().readers.push(lane);
    }
    Ok(house)
}

/// The connections of all lanes, and how the writing ones group their units.
struct Crew {
    writers: Vec<Tx>,
    readers: Vec<Tx>,
    plan: Plan,
}

fn on_sqlite(path: &Path, options: &Options) -> Result<Crew, StoreError> {
    let (group_max, group_time) = (options.group_max, options.group_time);
    // The writer comes first: it makes the file and switches it to the write-ahead log.
    let writer = Lite::open(path, lite::Purpose::Write, options)?;
    let readers = (0..options.read_lanes.unwrap_or(4))
        .map(|_| Lite::open(path, lite::Purpose::Read, options).map(Tx::on_lite))
        .collect::<Result<_, _>>()?;
    Ok(Crew {
        writers: vec![Tx::on_lite(writer)],
        readers,
        plan: Plan { group_max, group_time, attempts: ATTEMPTS },
    })
}

fn on_postgres(url: &str, options: &Options) -> Result<Crew, StoreError> {
    let server = Arc::new(Server::new(url, options)?);
    let in_turn = options.write_in_turn.unwrap_or(server.is_near);
    let (purpose, lanes, group_max) = if in_turn {
        (pg::Purpose::WriteInTurn, 4, options.group_max.min(GROUP_MAX_POSTGRES))
    } else {
        (pg::Purpose::WriteAtOnce, 16, 1)
    };
    let tx = |purpose, deadline| Tx::on_pg(Pg::new(&server, purpose, deadline));
    let count = |given: Option<usize>, usual| 0..given.unwrap_or(usual);
    Ok(Crew {
        writers: count(options.write_lanes, lanes)
            .map(|_| tx(purpose, options.write_deadline))
            .collect(),
        readers: count(options.read_lanes, 8)
            .map(|_| tx(pg::Purpose::Read, options.read_deadline))
            .collect(),
        plan: Plan { group_max, group_time: options.group_time, attempts: ATTEMPTS },
    })
}

fn start(name: &str, lane: Lane) -> Result<JoinHandle<()>, StoreError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || lane.run())
        .map_err(|error| StoreError::unavailable(format!("no thread for {name}: {error}")))
}

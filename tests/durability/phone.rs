//! Phones that send visits, and remember which of them were acknowledged.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::JoinHandle,
    time::Duration,
};

use machiaruki::app::system_clock;
use serde_json::{Value, json};
use uuid::Builder;

use crate::{
    support::{Connection, Response, eventually},
    ward::{STOP, VERSION, Ward},
};

/// Every visit of this run has a number of its own.
static NUMBER: AtomicU64 = AtomicU64::new(0);

/// A visit of this moment, with an id as a phone makes it, and a note of so many letters.
pub fn visit(letters: usize) -> Value {
    let now = system_clock().now();
    let mut random = [0; 10];
    random[..8].copy_from_slice(&NUMBER.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    random[8..].copy_from_slice(&(std::process::id() as u16).to_be_bytes());
    let id = Builder::from_unix_timestamp_millis(now.as_millisecond() as u64, &random).into_uuid();
    json!({
        "id": id, "route_version_id": VERSION, "stop_id": STOP, "at": now.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
        "evidence": [{ "kind": "self" }], "note": "見".repeat(letters),
    })
}

pub fn id(visit: &Value) -> String {
    visit["id"].as_str().unwrap().to_owned()
}

/// A request that sends visits.
pub fn request(cookie: &str, visits: &[Value]) -> (String, String) {
    let body = json!({ "visits": visits }).to_string();
    (format!("{cookie}Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()), body)
}

/// Sends visits over a connection.
pub fn send(connection: &mut Connection, cookie: &str, visits: &[Value]) -> std::io::Result<Response> {
    let (headers, body) = request(cookie, visits);
    connection.send_with("POST", "/api/visits", &headers)?;
    connection.try_write(body.as_bytes())?;
    connection.receive()
}

/// How long a phone waits that was refused: what it sends counts all the same.
const REFUSED: Duration = Duration::from_millis(100);
/// How long a phone waits that sent too much.
const TOO_MUCH: Duration = Duration::from_secs(1);

/// Sends visits until they are answered: a server may be too busy, and says so or hangs up.
pub fn insist(
    connection: &mut Connection,
    address: SocketAddr,
    cookie: &str,
    visits: &[Value],
) -> BTreeMap<String, String> {
    let mut answered = None;
    eventually("visits are answered", Duration::from_mins(5), || {
        match send(connection, cookie, visits) {
            Ok(response) if response.status == 200 => answered = Some(statuses(&response)),
            // It sent very much: it waits, as phones do.
            Ok(response) if response.status == 429 => std::thread::sleep(TOO_MUCH),
            Ok(response) => assert!(response.status >= 500, "{response:?}"),
            Err(_) => *connection = Connection::open(address).unwrap(),
        }
        answered.is_some()
    });
    answered.unwrap()
}

/// What an answer says of each visit.
pub fn statuses(response: &Response) -> BTreeMap<String, String> {
    let document = response.json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    document["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            assert_ne!(result["status"], "refused", "{result}");
            (text(&result["id"]), text(&result["status"]))
        })
        .collect()
}

/// Phones that send until they are stopped.
pub struct Phones {
    over: Arc<AtomicBool>,
    acknowledged: Arc<AtomicU64>,
    threads: Vec<JoinHandle<Sent>>,
}

/// What they sent.
#[derive(Default)]
pub struct Sent {
    /// Every visit, by its id.
    pub visits: BTreeMap<String, (usize, Value)>,
    /// Those that were acknowledged before it was over.
    pub acknowledged: Vec<String>,
    /// Answers that acknowledged nothing.
    pub refusals: Vec<u16>,
}

impl Phones {
    /// Each sends a visit or three at a time; long ones, which are to fill a disk, many.
    pub fn start(ward: &Ward, address: SocketAddr, count: usize, letters: usize) -> Self {
        let (over, acknowledged) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let threads = (0..count)
            .map(|number| {
                let (over, who) = (over.clone(), number % ward.cookies.len());
                let acknowledged = acknowledged.clone();
                let at_once = if letters > 100 { 40 } else { 1 + number % 3 };
                let cookie = ward.cookies[who].clone();
                std::thread::spawn(move || {
                    sending(address, (who, &cookie), (&over, &acknowledged), letters, at_once)
                })
            })
            .collect();
        Self { over, acknowledged, threads }
    }

    /// Waits until so many visits have been acknowledged.
    pub fn until(&self, count: u64) {
        eventually("visits are acknowledged", Duration::from_mins(1), || {
            self.acknowledged.load(Ordering::SeqCst) >= count
        });
    }

    /// From now on no acknowledgement counts.
    pub fn over(&self) {
        self.over.store(true, Ordering::SeqCst);
    }

    /// What all of them sent, once they have noticed that it is over.
    pub fn sent(self) -> Sent {
        self.over();
        let mut all = Sent::default();
        for thread in self.threads {
            let sent = thread.join().unwrap();
            all.visits.extend(sent.visits);
            all.acknowledged.extend(sent.acknowledged);
            all.refusals.extend(sent.refusals);
        }
        all
    }
}

fn sending(
    address: SocketAddr,
    (who, cookie): (usize, &str),
    (over, acknowledged): (&AtomicBool, &AtomicU64),
    letters: usize,
    at_once: usize,
) -> Sent {
    let mut sent = Sent::default();
    let is_over = || over.load(Ordering::SeqCst);
    while !is_over() {
        let Ok(mut connection) = Connection::open(address) else { continue };
        while !is_over() {
            let visits: Vec<Value> = (0..at_once).map(|_| visit(letters)).collect();
            sent.visits.extend(visits.iter().map(|visit| (id(visit), (who, visit.clone()))));
            let Ok(response) = send(&mut connection, cookie, &visits) else { break };
            // Only what came before the end was certain to be acknowledged.
            if is_over() {
                break;
            }
            if response.status == 200 {
                let ids = statuses(&response).into_keys();
                acknowledged.fetch_add(ids.len() as u64, Ordering::SeqCst);
                sent.acknowledged.extend(ids);
            } else if response.status == 429 {
                std::thread::sleep(TOO_MUCH);
            } else {
                sent.refusals.push(response.status);
                std::thread::sleep(REFUSED);
            }
        }
    }
    sent
}

impl Sent {
    /// Sends everything once more, as phones do that are not sure. What was acknowledged must be known already, and in the
    /// end everything is there once. Returns how many acknowledged visits were lost.
    pub fn check(&self, ward: &Ward, address: SocketAddr) -> usize {
        let mut connection = Connection::open(address).unwrap();
        let mut lost = 0;
        for (who, cookie) in ward.cookies.iter().enumerate() {
            let own: Vec<Value> = self
                .visits
                .values()
                .filter(|(owner, _)| *owner == who)
                .map(|(_, visit)| visit.clone())
                .collect();
            for some in own.chunks(200) {
                let statuses = insist(&mut connection, address, cookie, some);
                assert_eq!(statuses.len(), some.len());
                assert!(statuses.values().all(|status| status != "conflict"), "{statuses:?}");
                lost += self
                    .acknowledged
                    .iter()
                    .filter(|id| statuses.get(*id).is_some_and(|s| s == "stored"))
                    .count();
            }
        }
        let stored = ward.stored();
        for id in self.visits.keys() {
            assert!(stored.contains(id), "{id} was sent, acknowledged, and is not there");
        }
        lost
    }
}

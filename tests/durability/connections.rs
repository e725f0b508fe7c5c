//! Connections that are cut at every byte of a request, and of its answer.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

use crate::{
    phone::{request, send, statuses, visit},
    support::{Connection, PostgresDatabase},
    times,
    ward::Ward,
};

/// The whole of a request, as bytes.
fn bytes_of(cookie: &str, visit: &serde_json::Value) -> Vec<u8> {
    let (headers, body) = request(cookie, std::slice::from_ref(visit));
    format!("POST /api/visits HTTP/1.1\r\nHost: ward.example\r\n{headers}\r\n{body}").into_bytes()
}

fn open(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream
}

fn cut(ward: &Ward, folder: &Path, step: usize) {
    let server = ward.serve(folder);
    let (address, cookie) = (server.address, &ward.cookies[0]);
    let mut connection = Connection::open(address).unwrap();
    let mut again = |visit: &serde_json::Value| {
        let response = send(&mut connection, cookie, std::slice::from_ref(visit)).unwrap();
        let status = statuses(&response).into_values().next().unwrap();
        assert!(status == "stored" || status == "duplicate", "{status}");
        status
    };
    let length = bytes_of(cookie, &visit(3)).len();
    let mut sent = 0;
    for end in (0..length).step_by(step) {
        let visit = visit(3);
        let mut stream = open(address);
        stream.write_all(&bytes_of(cookie, &visit)[..end]).unwrap();
        drop(stream);
        assert_eq!(again(&visit), "stored", "a request without its last byte stores nothing");
        sent += 1;
    }
    let whole = {
        let visit = visit(3);
        let mut stream = open(address);
        stream.write_all(&bytes_of(cookie, &visit)).unwrap();
        sent += 1;
        let mut answer = vec![0; 4096];
        stream.read(&mut answer).unwrap()
    };
    for end in (0..=whole).step_by(step) {
        let visit = visit(3);
        let mut stream = open(address);
        stream.write_all(&bytes_of(cookie, &visit)).unwrap();
        stream.read_exact(&mut vec![0; end]).unwrap();
        drop(stream);
        let status = again(&visit);
        assert!(end == 0 || status == "duplicate", "answered, and not stored");
        sent += 1;
    }
    assert_eq!(ward.stored().len(), sent);
    println!("connections cut at {} places: {sent} visits, each stored once", sent - 1);
}

#[test]
fn a_connection_cut_anywhere_loses_and_doubles_nothing_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("ward.sqlite").display());
    cut(&Ward::seed(&url), folder.path(), times(1, 29) as usize);
}

#[test]
fn a_connection_cut_anywhere_loses_and_doubles_nothing_on_postgresql() {
    let Some(database) = PostgresDatabase::create() else { return };
    let folder = tempfile::tempdir().unwrap();
    cut(&Ward::seed(&database.url), folder.path(), times(1, 29) as usize);
}

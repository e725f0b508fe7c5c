//! Clients that are slow on purpose hold up nobody else, and not for long.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use crate::support::{Connection, Ward, ask, csv};

/// How many connections trickle.
const SLOW: usize = 200;
/// How many requests others make meanwhile.
const OTHERS: usize = 200;
/// Ten seconds for the headers, and time for a busy machine.
const CLOSED_WITHIN: Duration = Duration::from_secs(25);

#[test]
fn two_hundred_clients_that_trickle_headers_hold_nobody_up_and_are_closed_in_time() {
    let ward = Ward::new();
    ward.file("schools.csv", csv(&["芝小学校", "赤羽小学校"]));
    ward.stored("schools", "schools.csv", &[]);
    let server = ward.serve();
    let trickling = std::thread::spawn({
        let address = server.address;
        move || trickle(address)
    });
    // Until they all hang on.
    std::thread::sleep(Duration::from_millis(500));
    let mut times: Vec<Duration> = (0..OTHERS)
        .map(|turn| {
            let started = Instant::now();
            let path = ["/healthz", "/api/layers", "/api/layers/schools/features"][turn % 3];
            // A connection each: that is what slow clients use up.
            let mut connection = Connection::open(server.address).unwrap();
            connection.send(path).unwrap();
            assert_eq!(connection.receive().unwrap().status, 200);
            started.elapsed()
        })
        .collect();
    times.sort();
    let (p50, p99) = (times[OTHERS / 2], times[OTHERS * 99 / 100]);
    eprintln!(
        "beside {SLOW} trickling connections: p50 {p50:?}, p99 {p99:?}, slowest {:?}",
        times[OTHERS - 1]
    );
    assert!(p99 < Duration::from_secs(1), "p99 {p99:?}");
    let (closed, longest) = trickling.join().unwrap();
    eprintln!("{closed} of {SLOW} were closed; the longest lived {longest:?}");
    assert_eq!(closed, SLOW, "slow connections are still open after {CLOSED_WITHIN:?}");
    assert!(longest > Duration::from_secs(5), "they were closed before they could do any harm: {longest:?}");
}

/// Sends headers byte by byte on many connections, without ever ending them. Returns how many were closed by the
/// server, and how long the longest lived.
fn trickle(address: SocketAddr) -> (usize, Duration) {
    let started = Instant::now();
    let mut open: Vec<TcpStream> = (0..SLOW)
        .map(|_| {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: ward.example\r\nX-Slow: ").unwrap();
            stream.set_nonblocking(true).unwrap();
            stream
        })
        .collect();
    let mut longest = Duration::ZERO;
    while !open.is_empty() && started.elapsed() < CLOSED_WITHIN {
        open.retain_mut(|stream| {
            let is_open = match stream.read(&mut [0; 64]) {
                Ok(0) => false,
                Ok(_) => true,
                Err(error) => error.kind() == std::io::ErrorKind::WouldBlock,
            };
            let is_open = is_open && stream.write(b"a").is_ok();
            if !is_open {
                longest = started.elapsed();
            }
            is_open
        });
        std::thread::sleep(Duration::from_millis(250));
    }
    (SLOW - open.len(), longest)
}

#[test]
fn a_body_that_trickles_is_given_up() {
    let ward = Ward::new();
    let server = ward.serve();
    let mut stream = TcpStream::connect(server.address).unwrap();
    let head = "POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_nonblocking(true).unwrap();
    let started = Instant::now();
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => break,
        }
        let _ = stream.write(b" ");
        assert!(started.elapsed() < Duration::from_secs(40), "the body is still awaited");
        std::thread::sleep(Duration::from_millis(200));
    }
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408"), "{:?}: {answer}", started.elapsed());
    assert!(answer.contains("urn:problem-type:machiaruki:timeout"), "{answer}");
}

#[test]
fn one_address_cannot_take_every_place() {
    let ward = Ward::new();
    let server = ward.serve_with(&["--connections", "30", "--connections-per-address", "10"]);
    let _held: Vec<TcpStream> = (0..10).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let refused = ask(server.address, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(refused.statuses(), [429], "{refused:?}");
    assert!(refused.closed && refused.text.contains("retry-after: 5"), "{refused:?}");
    let other =
        from_another_address(server.address, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert!(other.starts_with("HTTP/1.1 200"), "{other}");
}

/// What a client at another address of this machine is answered.
fn from_another_address(server: SocketAddr, request: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let ask = async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        let mut stream = socket.connect(server).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(ask)
}

#[test]
fn a_full_server_says_so_and_a_trusted_proxy_has_no_share() {
    let ward = Ward::new();
    let server = ward.serve_with(&[
        "--connections",
        "8",
        "--connections-per-address",
        "2",
        "--trusted-proxy",
        "127.0.0.1",
    ]);
    let held: Vec<TcpStream> = (0..8).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(300));
    let refused = ask(server.address, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(refused.statuses(), [503], "{refused:?}");
    drop(held);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn a_connection_may_rest_between_requests_for_longer_than_its_headers_may_take() {
    let ward = Ward::new();
    let server = ward.serve();
    let mut connection = Connection::open(server.address).unwrap();
    for _ in 0..2 {
        connection.send("/healthz").unwrap();
        assert_eq!(connection.receive().unwrap().status, 200);
        std::thread::sleep(Duration::from_secs(11));
    }
    connection.send("/healthz").unwrap();
    assert_eq!(connection.receive().unwrap().status, 200);
}

#[test]
fn headers_that_begin_after_a_rest_have_to_end_too() {
    let ward = Ward::new();
    let server = ward.serve();
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = [0; 4096];
    assert!(stream.read(&mut answer).unwrap() > 0);
    stream.write_all(b"GET /hea").unwrap();
    let started = Instant::now();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    while stream.read(&mut answer).is_ok_and(|count| count > 0) {}
    let took = started.elapsed();
    assert!(took > Duration::from_secs(8) && took < Duration::from_secs(25), "{took:?}");
}

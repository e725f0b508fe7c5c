//! The accept loop with limits that are short enough to be tested.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Bytes, routing::any};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    time::{Instant, sleep, timeout},
};

use super::*;

const LONG: Duration = Duration::from_secs(20);
/// More than the buffers of a connection hold.
const LARGE: usize = 64 * 1024 * 1024;

fn short() -> Limits {
    Limits {
        header_timeout: Duration::from_millis(400),
        idle_timeout: Duration::from_secs(2),
        pause: Duration::from_millis(400),
        slowest: 1024 * 1024,
        ..Limits::default()
    }
}

/// A server that sends much and tells how much it was sent.
async fn start(limits: Limits) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let much = Bytes::from(vec![b'a'; LARGE]);
    let app = Router::new()
        .route("/much", any(move || async move { much }))
        .route(
            "/slow",
            any(|| async {
                sleep(Duration::from_secs(1)).await;
                "done"
            }),
        )
        .fallback(|body: Body| async move {
            match crate::http::body_bytes(body).await {
                Ok(bytes) => format!("{}\n", bytes.len()),
                Err(problem) => format!("{problem:?}\n"),
            }
        });
    let entrance = Entrance { limits, ..Entrance::default() };
    tokio::spawn(entrance.serve(listener, app, std::future::pending()));
    address
}

async fn to_the_end(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = timeout(LONG, stream.read_to_end(&mut answer)).await.expect("the connection stays open");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn whoever_does_not_read_the_answer_is_given_up() {
    let address = start(short()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    sleep(Duration::from_secs(2)).await;
    let mut read = 0;
    let mut buffer = vec![0; 1024 * 1024];
    while let Ok(count) = timeout(LONG, stream.read(&mut buffer)).await.unwrap() {
        if count == 0 {
            break;
        }
        read += count;
    }
    assert!(read < LARGE, "everything was sent to a client that did not read");
}

/// In all, it takes longer than a client may pause. The client runs in the server's own thread: what holds up one of them
/// on a busy machine must not look like a pause, so the limit is long.
#[tokio::test]
async fn whoever_reads_gets_all_of_a_long_answer() {
    let pause = Duration::from_secs(3);
    let address = start(Limits { pause, ..short() }).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /much HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let started = Instant::now();
    let mut read = 0;
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let count = timeout(LONG, stream.read(&mut buffer)).await.unwrap().unwrap();
        if count == 0 {
            break;
        }
        // Slower than it could, faster than it must.
        if read / (LARGE / 16) != (read + count) / (LARGE / 16) {
            sleep(pause / 10).await;
        }
        read += count;
    }
    assert!(read > LARGE, "{read}");
    assert!(started.elapsed() > pause, "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_body_has_to_keep_coming() {
    let address = start(short()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n").await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let trickle = async {
        loop {
            sleep(Duration::from_millis(50)).await;
            if writer.write_all(b"a").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut answer = Vec::new();
    let read = async {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..count]);
            if answer.ends_with(b"\n") {
                break;
            }
        }
    };
    timeout(LONG, async {
        tokio::select! { () = trickle => {}, () = read => {} }
    })
    .await
    .unwrap();
    let answer = String::from_utf8(answer).unwrap();
    assert!(answer.contains("Timeout"), "{answer}");
}

#[tokio::test]
async fn a_slow_answer_is_no_fault_of_the_client() {
    let address = start(short()).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    // The second request waits behind the first for longer than its headers may take.
    let request = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
    stream.write_all(format!("{request}{request}").as_bytes()).await.unwrap();
    let mut answers = String::new();
    let mut buffer = [0; 4096];
    while answers.matches("done").count() < 2 {
        let count = timeout(LONG, stream.read(&mut buffer)).await.unwrap().unwrap();
        assert!(count > 0, "{answers}");
        answers.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

#[tokio::test]
async fn a_connection_that_rests_too_long_is_closed() {
    let address = start(short()).await;
    let mut resting = TcpStream::connect(address).await.unwrap();
    resting.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let started = Instant::now();
    assert!(to_the_end(&mut resting).await.ends_with("0\n"));
    assert!(started.elapsed() > Duration::from_millis(1_800), "{:?}", started.elapsed());
}

#[tokio::test]
async fn a_connection_that_says_nothing_may_not_rest() {
    let address = start(Limits { idle_timeout: LONG, ..short() }).await;
    let mut silent = TcpStream::connect(address).await.unwrap();
    let started = Instant::now();
    assert_eq!(to_the_end(&mut silent).await, "");
    assert!(started.elapsed() < LONG / 2, "{:?}", started.elapsed());
}

#[tokio::test]
async fn when_places_are_scarce_connections_do_not_rest() {
    let address = start(Limits { connections: 8, idle_timeout: LONG, header_timeout: LONG, ..short() }).await;
    let _held: Vec<_> = futures_util::future::join_all((0..6).map(|_| TcpStream::connect(address))).await;
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let started = Instant::now();
    let answer = to_the_end(&mut stream).await;
    assert!(answer.contains("connection: close") && answer.ends_with("0\n"), "{answer}");
    assert!(started.elapsed() < LONG / 2, "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_answer_without_an_end_ends_when_the_server_stops() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let endless = |mut stopping: Stopping| async move {
        let end = futures_util::stream::once(async move {
            stopping.told().await;
            Ok::<_, Infallible>("told")
        });
        Body::from_stream(end)
    };
    let app = Router::new().route("/", any(endless));
    let (stop, stops) = tokio::sync::oneshot::channel::<()>();
    let served = tokio::spawn(Entrance::default().serve(listener, app, async move {
        let _ = stops.await;
    }));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    let mut head = [0; 64];
    assert!(stream.read(&mut head).await.unwrap() > 0);
    let started = Instant::now();
    stop.send(()).unwrap();
    assert!(to_the_end(&mut stream).await.contains("told"));
    timeout(LONG, served).await.unwrap().unwrap();
    assert!(started.elapsed() < Limits::default().drain_timeout / 2, "{:?}", started.elapsed());
}

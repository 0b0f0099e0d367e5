//! Open loops: requests begin when their time has come, whatever became of those before, so that waiting is measured too.

use super::{Answers, percentile};
use crate::Result;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{
        Semaphore,
        mpsc::{UnboundedReceiver, unbounded_channel},
    },
};

/// How many connections there are at most; a request for which none is free waits, and its waiting counts.
const CONNECTIONS: usize = 128;

/// Sends a request so often a second, for so long; `request` makes the nth, head and body.
pub(crate) fn run(
    address: &str,
    per_second: u32,
    seconds: u32,
    request: impl Fn(u64) -> String + Send + Sync + 'static,
) -> Result<Answers> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(ask(address, per_second, seconds, Arc::new(request)))
}

async fn ask(
    address: &str,
    per_second: u32,
    seconds: u32,
    request: Arc<impl Fn(u64) -> String + Send + Sync + 'static>,
) -> Result<Answers> {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let idle = Arc::new(std::sync::Mutex::new(Vec::<TcpStream>::new()));
    let begin = Instant::now();
    let total = u64::from(per_second) * u64::from(seconds);
    let mut running = Vec::new();
    let mut coming = due(per_second, total);
    while let Some((n, due)) = coming.recv().await {
        let (places, idle) = (Arc::clone(&places), Arc::clone(&idle));
        let (request, address) = (Arc::clone(&request), address.to_owned());
        running.push(tokio::spawn(async move {
            let _place = places.acquire().await.ok()?;
            let kept = idle.lock().ok()?.pop();
            let mut stream = match kept {
                Some(stream) => stream,
                None => TcpStream::connect(&address).await.ok()?,
            };
            stream.write_all(request(n).as_bytes()).await.ok()?;
            let success = answer(&mut stream).await?;
            idle.lock().ok()?.push(stream);
            Some((due.elapsed().as_secs_f64() * 1e6, success))
        }));
    }
    let mut latencies = Vec::with_capacity(running.len());
    let mut errors = 0;
    for request in running {
        match request.await? {
            Some((latency, success)) => {
                latencies.push(latency);
                errors += u64::from(!success);
            }
            None => errors += 1,
        }
    }
    let seconds = begin.elapsed().as_secs_f64();
    latencies.sort_unstable_by(f64::total_cmp);
    Ok(Answers {
        count: total,
        errors,
        seconds,
        p50_us: percentile(&latencies, 0.5),
        p99_us: percentile(&latencies, 0.99),
    })
}

/// The requests' numbers and times, each when its time has come. A thread of its own sleeps until then: the runtime's timer counts whole
/// milliseconds.
fn due(per_second: u32, total: u64) -> UnboundedReceiver<(u64, Instant)> {
    let (come, coming) = unbounded_channel();
    std::thread::spawn(move || {
        let begin = Instant::now();
        for n in 0..total {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a count of requests is far below 2^52"
            )]
            let due = begin + Duration::from_secs_f64(n as f64 / f64::from(per_second));
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if come.send((n, due)).is_err() {
                break;
            }
        }
    });
    coming
}

/// Reads an answer that tells its length; whether its status is a success.
async fn answer(stream: &mut TcpStream) -> Option<bool> {
    let mut bytes = Vec::with_capacity(4096);
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        let Some(head) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&bytes[..head]).ok()?;
        let length: usize = text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse().ok())?
        })?;
        if bytes.len() >= head + 4 + length {
            return Some(text.split(' ').nth(1)?.starts_with('2'));
        }
    }
}

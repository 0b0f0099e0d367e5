use super::support::*;
use crate::*;
use std::time::{Duration, Instant};
struct Point;
impl Read for Point { type Output = Option<i64>; async fn run(&self, tx: &mut Tx) -> provost_model::Result<Option<i64>> { tx.first(&COUNTER, &[1.into()], |r| r.int(0)).await } }
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bench() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let mut s = database.settings(); s.connections = 32; s.connection_wait = Duration::from_secs(60); s.retry_deadline = Duration::from_secs(60);
        let store = open(&s).await;
        let start = Instant::now();
        let n = 64; let each = if engine == EngineKind::Sqlite {500} else {20};
        let tasks: Vec<_> = (0..n).map(|t| { let store = store.clone(); tokio::spawn(async move { for i in 0..each { store.write(Insert::new(t * 100_000 + i)).await.unwrap(); } }) }).collect();
        for t in tasks { t.await.unwrap(); }
        let e = start.elapsed();
        println!("{engine:?} {} writes/s, {:?}", f64::from(n as i32 * each as i32) / e.as_secs_f64(), store.metrics());
        let start = Instant::now();
        let each = if engine == EngineKind::Sqlite {10000} else {1000};
        let tasks: Vec<_> = (0..n).map(|_| { let store = store.clone(); tokio::spawn(async move { for _ in 0..each { store.read(&Point).await.unwrap(); } }) }).collect();
        for t in tasks { t.await.unwrap(); }
        println!("{engine:?} {} reads/s", f64::from(n as i32 * each) / start.elapsed().as_secs_f64());
    }
}

//! HAProxy before the nodes, as `docs/operations.md` sets it up.

use std::{
    net::{SocketAddr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// The proxy. It ends when this value is dropped.
pub(crate) struct Proxy {
    process: Child,
    _folder: TempDir,
    address: SocketAddr,
}

impl Proxy {
    /// A proxy before these nodes, which knows of none whether it is there.
    pub(crate) fn before(nodes: &[SocketAddr]) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("provost-proxy-")
            .tempdir()
            .unwrap();
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let servers: String = nodes
            .iter()
            .enumerate()
            .map(|(number, node)| format!("    server node{number} {node} check\n"))
            .collect();
        // a request that reached a node is not sent to another: the proxy cannot know what became of it
        let settings = format!(
            "defaults
    mode http
    timeout connect 2s
    timeout client 90s
    timeout server 90s
    retries 3
    option redispatch 1
    retry-on conn-failure
    default-server inter 200ms fall 2 rise 2

listen provost
    bind {address}
    balance roundrobin
    option httpchk GET /readyz
    http-check expect status 200
{servers}"
        );
        let file = folder.path().join("haproxy.cfg");
        std::fs::write(&file, settings).unwrap();
        let process = Command::new("haproxy")
            .arg("-f")
            .arg(&file)
            // Debian keeps it where not everybody's PATH leads
            .env(
                "PATH",
                format!(
                    "{}:/usr/sbin:/usr/local/sbin",
                    std::env::var("PATH").unwrap()
                ),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("HAProxy runs");
        while TcpStream::connect(address).is_err() {
            thread::sleep(Duration::from_millis(5));
        }
        Self {
            process,
            _folder: folder,
            address,
        }
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

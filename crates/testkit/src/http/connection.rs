//! A connection that is kept open between requests.

use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::{Request, Response};

/// Only keeps a server that never answers from hanging the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// A connection to a server for several requests, one after another.
#[derive(Debug)]
pub struct Connection {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Connection {
    /// Connects to a server, a [`crate::TestServer::address`] mostly.
    ///
    /// # Errors
    /// If nobody listens there.
    pub fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            address,
        })
    }

    /// Sends a request, asking that the connection stay open, and reads the answer.
    ///
    /// # Errors
    /// If the connection breaks or the answer is not HTTP.
    pub fn send(&mut self, request: &Request) -> io::Result<Response> {
        self.exchange(request, true)
    }

    pub(super) fn exchange(&mut self, request: &Request, keep_alive: bool) -> io::Result<Response> {
        let sent = self
            .stream
            .get_mut()
            .write_all(&request.to_bytes(&self.address.to_string(), keep_alive));
        // A server may answer and close before it has read a long body; its answer counts.
        match Response::read(&mut self.stream, request.method()) {
            Ok(response) => Ok(response),
            Err(error) => sent.and(Err(error)),
        }
    }
}

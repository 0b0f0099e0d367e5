//! The answer side of the client.

use std::io::{self, BufRead, ErrorKind, Read};

/// An answer, read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers as they came, in their order.
    pub headers: Vec<(String, String)>,
    /// The body, out of its chunks.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header, whatever the case of its name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// If it is not JSON; the message shows it.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {} {}", self.status, self.text()))
    }

    /// The status code of the OCS envelope, JSON or XML.
    ///
    /// # Panics
    /// If there is no such envelope.
    pub fn ocs_code(&self) -> i64 {
        let text = self.text();
        let code = if text.trim_start().starts_with('<') {
            text.split_once("<statuscode>")
                .and_then(|(_, rest)| rest.split_once("</statuscode>"))
                .and_then(|(code, _)| code.trim().parse().ok())
        } else {
            self.json()["ocs"]["meta"]["statuscode"].as_i64()
        };
        code.unwrap_or_else(|| panic!("no OCS envelope: {} {text}", self.status))
    }

    /// The data of the OCS envelope, which must be JSON (`format=json`).
    ///
    /// # Panics
    /// If there is no such envelope.
    pub fn ocs_data(&self) -> serde_json::Value {
        match self.json()["ocs"].get_mut("data") {
            Some(data) => data.take(),
            None => panic!("no OCS envelope: {} {}", self.status, self.text()),
        }
    }

    /// Reads one answer to a request of this verb; interim answers (1xx) are passed over.
    ///
    /// # Errors
    /// If the connection breaks or the answer is not HTTP/1.
    pub(super) fn read(stream: &mut impl BufRead, method: &str) -> io::Result<Self> {
        loop {
            let status = status_of(&line(stream)?)?;
            let mut response = Self {
                status,
                headers: fields(stream)?,
                body: Vec::new(),
            };
            if status / 100 == 1 && status != 101 {
                continue;
            }
            if method != "HEAD" && !matches!(status, 101 | 204 | 304) {
                response.body = response.read_body(stream)?;
            }
            return Ok(response);
        }
    }

    fn read_body(&self, stream: &mut impl BufRead) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        if let Some(coding) = self.header("Transfer-Encoding") {
            if !coding.eq_ignore_ascii_case("chunked") {
                return Err(malformed("an unknown transfer coding"));
            }
            read_chunks(stream, &mut body)?;
        } else if let Some(length) = self.header("Content-Length") {
            let length = length.parse().map_err(|_| malformed("a bad length"))?;
            read_exactly(stream, length, &mut body)?;
        } else {
            stream.read_to_end(&mut body)?;
        }
        Ok(body)
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

/// One line without its end; the end of the stream instead of a line is an error.
fn line(stream: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    stream.read_until(b'\n', &mut bytes)?;
    if bytes.pop() != Some(b'\n') {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn status_of(line: &str) -> io::Result<u16> {
    line.strip_prefix("HTTP/1.")
        .and_then(|rest| rest.split(' ').nth(1))
        .filter(|code| code.len() == 3)
        .and_then(|code| code.parse().ok())
        .ok_or_else(|| malformed("a bad status line"))
}

/// Header or trailer lines up to the empty one.
fn fields(stream: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut fields = Vec::new();
    loop {
        let line = line(stream)?;
        if line.is_empty() {
            return Ok(fields);
        }
        let (name, value) = line
            .split_once(':')
            .ok_or_else(|| malformed("a header without a colon"))?;
        fields.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn read_chunks(stream: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<()> {
    loop {
        let line = line(stream)?;
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(size, 16).map_err(|_| malformed("a bad chunk size"))?;
        if size == 0 {
            fields(stream)?;
            return Ok(());
        }
        read_exactly(stream, size, body)?;
        if !self::line(stream)?.is_empty() {
            return Err(malformed("a chunk longer than its size"));
        }
    }
}

/// Reads this many bytes without trusting the figure with memory.
fn read_exactly(stream: &mut impl BufRead, length: u64, body: &mut Vec<u8>) -> io::Result<()> {
    let count = stream.take(length).read_to_end(body)?;
    if count as u64 == length {
        Ok(())
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> io::Result<Response> {
        Response::read(&mut { bytes }, "GET")
    }

    #[test]
    fn a_body_ends_by_length_chunk_or_connection() {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nT: v\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\nhello",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",
        ] {
            let response = read(answer.as_bytes()).expect("an answer");
            assert_eq!(
                (response.status, response.text().as_str()),
                (200, "hello"),
                "{answer}"
            );
        }
    }

    #[test]
    fn the_next_answer_is_left_on_the_connection() {
        let mut stream =
            &b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n"[..];
        let statuses = [(); 2].map(|()| {
            Response::read(&mut stream, "GET")
                .expect("an answer")
                .status
        });
        assert_eq!(statuses, [204, 404]);
        assert!(stream.is_empty());
    }

    #[test]
    fn a_cut_answer_is_an_error() {
        for answer in [
            "",
            "HTTP/1.1 200",
            "HTTP/1.1 200 OK\r\nA: b\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
            "SSH-2.0-OpenSSH\r\n\r\n",
        ] {
            assert!(read(answer.as_bytes()).is_err(), "{answer}");
        }
    }

    #[test]
    fn envelopes_are_read_in_both_notations() {
        let answer = |body: &str| Response {
            status: 200,
            headers: Vec::new(),
            body: body.as_bytes().to_vec(),
        };
        let json = answer(r#"{"ocs":{"meta":{"statuscode":998},"data":{"users":["a"]}}}"#);
        assert_eq!(json.ocs_code(), 998);
        assert_eq!(json.ocs_data(), serde_json::json!({"users": ["a"]}));
        let xml =
            answer("<?xml version=\"1.0\"?>\n<ocs><meta><statuscode>102</statuscode></meta></ocs>");
        assert_eq!(xml.ocs_code(), 102);
    }

    proptest! {
        #[test]
        fn chunks_of_any_size_join(body in any::<Vec<u8>>(), size in 1_usize..40) {
            let mut answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n".to_vec();
            for chunk in body.chunks(size) {
                answer.extend(format!("{:X}\r\n", chunk.len()).bytes());
                answer.extend(chunk);
                answer.extend(b"\r\n");
            }
            answer.extend(b"0\r\n\r\n");
            prop_assert_eq!(read(&answer).expect("an answer").body, body);
        }

        #[test]
        fn no_answer_makes_the_client_panic(tail in any::<Vec<u8>>(), chunked in any::<bool>()) {
            let head = if chunked { "Transfer-Encoding: chunked" } else { "X: y" };
            let mut answer = format!("HTTP/1.1 200 OK\r\n{head}\r\n").into_bytes();
            answer.extend(tail);
            let _ = read(&answer);
        }
    }
}

//! Closed loops over LDAP: entries read by their name, and added.

use super::{Answers, percentile};
use crate::Result;
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// What is asked of an entry.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    /// All of the entry with this name, without a login.
    Get(String),
    /// A new entry with this name and these attributes.
    Add(String, Vec<(&'static str, String)>),
}

/// Runs operations on so many connections for so long; `operation` makes the nth.
pub(crate) fn run(
    address: &str,
    connections: u32,
    seconds: u32,
    operation: impl Fn(u64) -> Operation + Clone + Send + 'static,
) -> Result<Answers> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let begin = Instant::now();
        let end = begin + Duration::from_secs(seconds.into());
        let loops: Vec<_> = (0..u64::from(connections))
            .map(|number| {
                let (address, operation) = (address.to_owned(), operation.clone());
                tokio::spawn(async move {
                    // each has numbers of its own
                    let numbers = (number..).step_by(connections as usize);
                    ask(&address, end, numbers.map(operation)).await
                })
            })
            .collect();
        let (mut latencies, mut errors) = (Vec::new(), 0);
        for one in loops {
            let (of_one, failed) = one.await?.map_err(|error| format!("slapd: {error}"))?;
            latencies.extend(of_one);
            errors += failed;
        }
        latencies.sort_unstable_by(f64::total_cmp);
        Ok(Answers {
            count: latencies.len() as u64,
            errors,
            seconds: begin.elapsed().as_secs_f64(),
            p50_us: percentile(&latencies, 0.5),
            p99_us: percentile(&latencies, 0.99),
        })
    })
}

async fn ask(
    address: &str,
    end: Instant,
    operations: impl Iterator<Item = Operation>,
) -> std::io::Result<(Vec<f64>, u64)> {
    let mut stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut latencies, mut errors) = (Vec::new(), 0);
    let mut bytes = Vec::with_capacity(4096);
    for (operation, id) in operations.zip((1..=0x7f_u8).cycle()) {
        let begin = Instant::now();
        if begin >= end {
            break;
        }
        stream.write_all(&message(id, &operation)).await?;
        bytes.clear();
        let code = loop {
            if stream.read_buf(&mut bytes).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(code) = result(&bytes) {
                break code;
            }
        };
        latencies.push(begin.elapsed().as_secs_f64() * 1e6);
        errors += u64::from(code != 0);
    }
    Ok((latencies, errors))
}

/// A value of ASN.1's basic encoding: its tag, its length, its content.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut encoded = vec![tag];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => encoded.push(short),
        _ => {
            encoded.push(0x84);
            encoded.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
        }
    }
    encoded.extend_from_slice(content);
    encoded
}

/// A message of LDAP (RFC 4511, section 4).
fn message(id: u8, operation: &Operation) -> Vec<u8> {
    let text = |text: &str| value(0x04, text.as_bytes());
    let request = match operation {
        Operation::Get(name) => value(
            0x63,
            &[
                text(name),
                // the entry itself, no aliases followed, no limits, with values
                value(0x0a, &[0]),
                value(0x0a, &[0]),
                value(0x02, &[0]),
                value(0x02, &[0]),
                value(0x01, &[0]),
                value(0x87, b"objectClass"),
                value(0x30, &[]),
            ]
            .concat(),
        ),
        Operation::Add(name, attributes) => {
            let attributes: Vec<_> = attributes
                .iter()
                .flat_map(|(kind, content)| {
                    value(0x30, &[text(kind), value(0x31, &text(content))].concat())
                })
                .collect();
            value(0x68, &[text(name), value(0x30, &attributes)].concat())
        }
    };
    value(0x30, &[value(0x02, &[id]), request].concat())
}

/// The code of the result, once it has come; entries that come before it are passed over.
fn result(mut bytes: &[u8]) -> Option<u8> {
    loop {
        let (_, content, rest) = cut(bytes)?;
        let (_, _, operation) = cut(content)?;
        let (tag, result, _) = cut(operation)?;
        if matches!(tag, 0x65 | 0x69) {
            let (_, code, _) = cut(result)?;
            return code.first().copied();
        }
        bytes = rest;
    }
}

/// The first value: its tag and content, and what follows it; nothing if it is not whole.
fn cut(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = bytes.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        let length = length
            .iter()
            .fold(0, |length, &byte| length << 8 | usize::from(byte));
        (length, rest)
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_as_the_standard_says() {
        let add = message(
            7,
            &Operation::Add("cn=a".to_owned(), vec![("sn", "b".to_owned())]),
        );
        assert_eq!(
            add,
            b"\x30\x18\x02\x01\x07\x68\x13\x04\x04cn=a\x30\x0b\x30\x09\x04\x02sn\x31\x03\x04\x01b"
        );
    }

    #[test]
    fn a_result_is_found_behind_entries_once_it_is_whole() {
        let entry = value(0x30, &[value(2, &[1]), value(0x64, b"")].concat());
        let done = value(
            0x30,
            &[value(2, &[1]), value(0x65, &value(0x0a, &[32]))].concat(),
        );
        let both = [entry, done].concat();
        assert_eq!(result(&both), Some(32));
        assert_eq!(result(&both[..both.len() - 1]), None);
    }
}

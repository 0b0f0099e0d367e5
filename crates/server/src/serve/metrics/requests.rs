//! How many requests were answered, by dialect, route, method and status, and how long that took.

use axum::http::Method;
use provost_store::metrics::{Histogram, HistogramReading, TIMES};
use std::{collections::BTreeMap, sync::OnceLock, time::Duration};

/// How many different kinds of request are told apart. There are fewer: routes and methods are our own, and each answers a few statuses.
const KINDS: usize = 4096;

/// A kind of request. All its texts are the program's own, so that nobody can make kinds at will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Kind {
    /// The dialect.
    pub(super) dialect: &'static str,
    /// The route's pattern.
    pub(super) route: &'static str,
    /// The method.
    pub(super) method: &'static str,
    /// The status.
    pub(super) status: u16,
}

/// Where requests are counted that lead to no route.
pub(super) const NO_ROUTE: &str = "none";

/// What is counted where the table is full.
const OVERFLOW: Kind = Kind {
    dialect: "other",
    route: "other",
    method: "other",
    status: 0,
};

/// The times of each kind of request, in a table that is never locked: a place is taken once, and then only counted in.
pub(super) struct Requests {
    places: Box<[OnceLock<(Kind, Histogram)>]>,
    overflow: Histogram,
}

impl Requests {
    pub(super) fn new() -> Self {
        Self {
            places: (0..KINDS).map(|_| OnceLock::new()).collect(),
            overflow: Histogram::new(&TIMES),
        }
    }

    /// Counts a request.
    pub(super) fn observe(&self, kind: Kind, duration: Duration) {
        self.histogram(kind).observe_time(duration);
    }

    /// The times of each kind.
    pub(super) fn read(&self) -> BTreeMap<Kind, HistogramReading> {
        let mut read: BTreeMap<Kind, HistogramReading> = BTreeMap::new();
        for (kind, histogram) in self.places.iter().filter_map(OnceLock::get) {
            // one text may lie at two places in memory, and then has two places here
            read.entry(*kind).or_default().add(&histogram.read());
        }
        let overflow = self.overflow.read();
        if overflow.count() > 0 {
            read.insert(OVERFLOW, overflow);
        }
        read
    }

    fn histogram(&self, kind: Kind) -> &Histogram {
        let first = kind.hash() % KINDS;
        for place in (first..KINDS).chain(0..first) {
            let (taken, histogram) =
                self.places[place].get_or_init(|| (kind, Histogram::new(&TIMES)));
            if *taken == kind {
                return histogram;
            }
        }
        &self.overflow
    }
}

impl Kind {
    /// Of the texts only their addresses: they are constants, and hashing them would cost more than all the rest.
    fn hash(self) -> usize {
        [self.dialect, self.route, self.method]
            .into_iter()
            .map(|text| text.as_ptr().addr())
            .chain([usize::from(self.status)])
            // FNV-1a, by words
            .fold(0xcbf2_9ce4_8422_2325, |hash: usize, word| {
                (hash ^ word).wrapping_mul(0x0100_0000_01b3)
            })
            // the low bits of a product are those of its factors
            .rotate_right(24)
    }
}

/// A method's name; those that no route has share one, since a client may make up any.
pub(in crate::serve) fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(route: &'static str, status: u16) -> Kind {
        Kind {
            dialect: "ocs",
            route,
            method: "GET",
            status,
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        let requests = Requests::new();
        for (route, status) in [
            ("/users", 200),
            ("/users", 404),
            ("/users", 200),
            ("/g", 200),
        ] {
            requests.observe(kind(route, status), Duration::from_millis(1));
        }
        let counts: Vec<_> = requests
            .read()
            .into_iter()
            .map(|(kind, times)| (kind.route, kind.status, times.count()))
            .collect();
        assert_eq!(
            counts,
            [("/g", 200, 1), ("/users", 200, 2), ("/users", 404, 1)]
        );
    }

    #[test]
    fn a_full_table_counts_the_rest_as_one() {
        let requests = Requests::new();
        let kinds = u16::try_from(KINDS).unwrap_or(u16::MAX);
        for status in 0..kinds + 2 {
            requests.observe(kind("/users", status), Duration::ZERO);
        }
        let read = requests.read();
        assert_eq!(read.len(), KINDS + 1);
        assert_eq!(read[&OVERFLOW].count(), 2);
    }

    #[test]
    fn made_up_methods_share_a_name() {
        for made_up in [&b"BREW"[..], b"GE", b"get"] {
            let method = Method::from_bytes(made_up);
            assert_eq!(method.as_ref().map(method_name).ok(), Some("other"));
        }
        assert_eq!(method_name(&Method::PATCH), "PATCH");
    }
}

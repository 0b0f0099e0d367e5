//! Databases on the PostgreSQL server that `./test` starts.

use tokio_postgres::NoTls;
use uuid::Uuid;

const VARIABLE: &str = "PROVOST_TEST_POSTGRES";

/// The PostgreSQL server of the tests, named by the variable `PROVOST_TEST_POSTGRES`.
#[derive(Debug, Clone)]
pub struct TestPostgres {
    url: String,
}

impl TestPostgres {
    /// The server that the environment names.
    ///
    /// # Panics
    /// If the variable is not set: a test that left PostgreSQL out in silence would promise too much.
    pub fn from_environment() -> Self {
        match std::env::var(VARIABLE) {
            Ok(url) if !url.is_empty() => Self { url },
            _ => panic!("run ./test, or start a server and set {VARIABLE}"),
        }
    }

    /// A new, empty database with a name that no other test has.
    ///
    /// # Panics
    /// If the server cannot be reached or refuses.
    pub fn fresh_database(&self) -> PostgresDatabase {
        let name = format!("provost_test_{}", Uuid::now_v7().simple());
        // template0 never has connections, which would make the copy fail.
        execute(
            &self.url,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .unwrap_or_else(|error| panic!("cannot create a database on {}: {error:?}", self.url));
        PostgresDatabase {
            url: with_database(&self.url, &name),
            server: self.url.clone(),
            name,
        }
    }
}

/// A database that is dropped, as far as the server lets us, when this value is.
#[derive(Debug)]
pub struct PostgresDatabase {
    server: String,
    name: String,
    url: String,
}

impl PostgresDatabase {
    /// Makes transactions of connections that begin from now on serializable, unless they say otherwise.
    ///
    /// # Panics
    /// If the server cannot be reached or refuses.
    pub fn make_serializable(&self) {
        execute(
            &self.server,
            &format!(
                "ALTER DATABASE {} SET default_transaction_isolation TO 'serializable'",
                self.name
            ),
        )
        .unwrap_or_else(|error| panic!("cannot alter the database {}: {error:?}", self.name));
    }

    /// `postgres://…/NAME`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        // The whole cluster goes when the tests end, so a database that stays costs only disk until then.
        let _ = execute(
            &self.server,
            &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name),
        );
    }
}

/// The same URL with another database's name in its path.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = match url.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (url, String::new()),
    };
    let authority = address.find("://").map_or(0, |scheme| scheme + 3);
    let end = address[authority..]
        .find('/')
        .map_or(address.len(), |slash| authority + slash);
    format!("{}/{name}{query}", &address[..end])
}

/// Runs one statement on a connection of its own.
///
/// On a thread of its own too: a runtime cannot be entered from inside another, and tests call this from both sides.
fn execute(url: &str, statement: &str) -> Result<(), tokio_postgres::Error> {
    let work = async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        let driver = tokio::spawn(connection);
        let outcome = client.batch_execute(statement).await;
        drop(client);
        let _ = driver.await;
        outcome
    };
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime for one statement")
                .block_on(work)
        });
        thread.join().expect("the statement's thread ends")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_takes_the_place_of_the_other() {
        assert_eq!(
            with_database("postgres://u:p@h:1/postgres", "x"),
            "postgres://u:p@h:1/x"
        );
        assert_eq!(with_database("postgres://h:1", "x"), "postgres://h:1/x");
        assert_eq!(
            with_database("postgres://h/a?sslmode=disable", "x"),
            "postgres://h/x?sslmode=disable"
        );
    }

    #[test]
    fn databases_are_apart_and_go_with_their_guards() {
        let server = TestPostgres::from_environment();
        let (first, second) = (server.fresh_database(), server.fresh_database());
        execute(first.url(), "CREATE TABLE only_here (x INTEGER)").expect("a table");
        assert!(execute(second.url(), "SELECT * FROM only_here").is_err());
        let url = first.url().to_owned();
        drop(first);
        assert!(execute(&url, "SELECT 1").is_err());
    }
}

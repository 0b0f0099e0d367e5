//! Every statement of the program is one on each engine.

use provost_store::{Store, tables};
use provost_testkit::{TestDatabase, on_every_engine};

on_every_engine! {
    async fn every_statement_can_be_prepared(database: TestDatabase) {
        let statements: Vec<_> = tables::statements().collect();
        assert!(statements.len() > 100, "the list is not whole");
        let store = Store::open(&database.settings())
            .await
            .unwrap();
        for statement in statements {
            let prepared = store.prepare(&[statement]).await;
            assert!(prepared.is_ok(), "{}: {prepared:?}", statement.name());
        }
    }
}

#[test]
fn no_module_of_tables_is_left_out() {
    let named: Vec<&str> = tables::statements()
        .map(|statement| statement.name().rsplit("::").nth(1).unwrap())
        .collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../store/src/tables");
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap();
        let declares = std::fs::read_to_string(&path)
            .unwrap()
            .contains("statements! {");
        assert_eq!(declares, named.contains(&module), "{module}");
    }
}

//! Places in a transaction to go back to.

use crate::statements;

statements! {
    pub(crate) SET = "SAVEPOINT part";
    pub(crate) ROLL_BACK = "ROLLBACK TO SAVEPOINT part";
    pub(crate) RELEASE = "RELEASE SAVEPOINT part";
}

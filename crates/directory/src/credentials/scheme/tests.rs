#![expect(clippy::panic, reason = "tests")]
use super::*;
use proptest::prelude::*;

/// What passlib 1.7 and OpenSSL 3.0 made of one password.
const HASHES: &str = include_str!("tests/hashes.txt");
/// That password.
const PASSWORD: &str = "Gartenzaun 7 äöü";

fn hashes() -> impl Iterator<Item = &'static str> {
    HASHES.lines().filter(|line| !line.starts_with('#'))
}

#[test]
fn what_others_hashed_is_verified_and_another_password_is_not() {
    let mut count = 0;
    for hash in hashes() {
        assert_eq!(usable(hash), Ok(()), "{hash}");
        assert!(verify(PASSWORD, hash), "{hash}");
        assert!(!verify("Gartenzaun 7 aou", hash), "{hash}");
        assert!(is_outdated(hash), "{hash}");
        count += 1;
    }
    assert_eq!(count, 35);
}

#[test]
fn a_password_of_ours_is_verified_and_another_is_not() {
    let hashed = hash("Correct-Horse-77", &[3; 16]).unwrap_or_default();
    assert!(hashed.starts_with("$argon2id$"), "{hashed}");
    assert!(verify("Correct-Horse-77", &hashed));
    assert!(!verify("Correct-Horse-78", &hashed));
    assert!(!is_outdated(&hashed));
    assert!(is_outdated(&format!("3|{hashed}")));
}

#[test]
fn what_would_cost_too_much_is_refused() {
    for hash in [
        "$2y$31$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm",
        "$2y$15$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm",
        "$argon2id$v=19$m=4194304,t=2,p=1$rjXGeG+NkTJGqDVmDEFICQ$g4Bw1TatMXlO33LIKMQs11hpc/kCdZhP3hXmMXfqwEg",
        "$argon2id$v=19$m=8192,t=4000000,p=1$rjXGeG+NkTJGqDVmDEFICQ$g4Bw1TatMXlO33LIKMQs11hpc/kCdZhP3hXmMXfqwEg",
        "$scrypt$ln=30,r=8,p=1$pnROyfm/996bE0IoJYQwBg$CnzJ9PvTrSh0lnfaXa5fV90gS4z9T+YtAueTi2cLxSQ",
        "$scrypt$ln=63,r=8,p=1$pnROyfm/996bE0IoJYQwBg$CnzJ9PvTrSh0lnfaXa5fV90gS4z9T+YtAueTi2cLxSQ",
        "$scrypt$ln=4,r=8,p=4294967295$pnROyfm/996bE0IoJYQwBg$CnzJ9PvTrSh0lnfaXa5fV90gS4z9T+YtAueTi2cLxSQ",
        "$pbkdf2-sha256$400000000$cW4thfAe4zwnpPTeGwMg5A$Y4U.bLEgkMCttn8PUu4549pGVM67dGoB9QkbYrOZy8w",
        "$6$rounds=999999999$KTDtVITxVavcvV/G$eLZGhb2g6Jw4h9xCYh2XkOZNhVF8PNUR.7tb15rG9vL60hFStaYbGSvI46fKBMt1J58dtO20Ybyr8C9tszqHn1",
    ] {
        assert_eq!(usable(hash), Err(Unusable::TooCostly), "{hash}");
        assert!(!verify(PASSWORD, hash), "{hash}");
    }
}

#[test]
fn what_is_none_of_the_forms_is_refused() {
    for hash in [
        "",
        "secret",
        "$unknown$x",
        "$1$salt$abcdefghijklmnopqrstuv",
        "$y$j9T$salt$hash",
        "{CLEARTEXT}secret",
        "{SSHA}anNBuoXpWhDshQdX4qJKod8Sd6A=",
        "{SHA}short",
        "{SHA",
        "4|$2y$10$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm",
        "$2y$10$JAJG0ksPXSlacBg01wW8fe",
        "$2y$03$JAJG0ksPXSlacBg01wW8fe.04to1eF0irfeYedBAhCW/tRQUu7DOm",
        "$argon2id$v=19$m=8192,t=2,p=1$rjXGeG+NkTJGqDVmDEFICQ",
        "$pbkdf2-sha256$0$cW4thfAe4zwnpPTeGwMg5A$Y4U.bLEgkMCttn8PUu4549pGVM67dGoB9QkbYrOZy8w",
        "$6$salt$short",
    ] {
        assert_eq!(usable(hash), Err(Unusable::Unknown), "{hash}");
        assert!(!verify("secret", hash), "{hash}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        let _ = usable(&text);
    }

    #[test]
    fn what_is_near_a_hash_is_read_without_a_panic(
        nth in 0_usize..35,
        at in 0_usize..60,
        with in "[\\$,=|{}a-z0-9./+é]{0,3}",
    ) {
        let Some(hash) = hashes().nth(nth) else {
            panic!("there are so many");
        };
        let at = at.min(hash.len());
        let changed = format!("{}{with}{}", &hash[..at], hash.get(at + 1..).unwrap_or_default());
        let _ = (usable(&changed), is_outdated(&changed));
    }
}

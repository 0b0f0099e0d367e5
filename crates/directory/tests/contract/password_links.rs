//! Links by which users set their passwords: once, in time, and only the newest.

use provost_directory::queries::AddressedTenant;
use provost_directory::{
    Authentication, Credentials, Source,
    commands::{
        password_links::{IssuePasswordLink, PrunePasswordLinks},
        tenants::SetTenantSuspended,
        users::{CreateUser, DeleteUser, EditUser, SetUserEnabled, UserPatch},
        welcome_mails::{ClaimWelcomeMail, SettleWelcomeMail, Settlement},
    },
};
use provost_model::{Error, Noun, Patch, Result, UserNumber};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, email, login, on_every_engine, password,
};
use std::time::Duration;

const CHOSEN: &str = "Self-Chosen-Phrase-4";
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

async fn issue(seat: &Seat, user: UserNumber) -> String {
    let command = IssuePasswordLink {
        user,
        lifetime: WEEK,
    };
    seat.run(command).await.unwrap().secret.expose().to_owned()
}

async fn redeem(seat: &Seat, secret: &str, password: &str) -> Result<String> {
    seat.directory
        .directory
        .redeem_password_link(None, secret, password.to_owned(), "test")
        .await
}

async fn assert_void(seat: &Seat, secret: &str) {
    let outcome = redeem(seat, secret, CHOSEN).await;
    assert!(
        matches!(outcome, Err(Error::Unknown(Noun::Token))),
        "{outcome:?}"
    );
}

async fn logs_in(seat: &Seat, login: &str, password: &str) -> bool {
    let outcome = seat
        .directory
        .directory
        .authenticate(
            Source::NONE,
            &AddressedTenant::new(Some(seat.tenant.clone()), true),
            Credentials::Password { login, password },
        )
        .await
        .unwrap();
    matches!(outcome, Authentication::Accepted { .. })
}

on_every_engine! {
    async fn a_link_sets_the_password_once(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        let secret = issue(&seat, user).await;
        assert!(!logs_in(&seat, "frank", CHOSEN).await);
        assert_eq!(redeem(&seat, &secret, CHOSEN).await.unwrap(), "frank");
        assert!(logs_in(&seat, "frank", CHOSEN).await);
        assert_void(&seat, &secret).await;
    }

    async fn a_refused_password_leaves_the_link_usable(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        let secret = issue(&seat, user).await;
        let refused = redeem(&seat, &secret, "short").await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        redeem(&seat, &secret, CHOSEN).await.unwrap();
    }

    async fn an_expired_link_is_void_and_swept(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        let secret = issue(&seat, user).await;
        directory.clock.advance(WEEK);
        assert_void(&seat, &secret).await;
        assert!(!seat.run(PrunePasswordLinks).await.unwrap());
        assert_void(&seat, &secret).await;
    }

    async fn a_newer_link_voids_the_older(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        let (older, newer) = (issue(&seat, user).await, issue(&seat, user).await);
        assert_void(&seat, &older).await;
        redeem(&seat, &newer, CHOSEN).await.unwrap();
    }

    async fn another_password_or_email_voids_the_link(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        for patch in [
            UserPatch { password: Some(password(PASSWORD)), ..UserPatch::default() },
            UserPatch { email: Patch::Set(email("other@acme.example")), ..UserPatch::default() },
        ] {
            let secret = issue(&seat, user).await;
            seat.run(EditUser { user, patch }).await.unwrap();
            assert_void(&seat, &secret).await;
        }
    }

    async fn disabled_users_suspended_tenants_and_other_tenants_have_no_links(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let user = seat.user("frank").await;
        let secret = issue(&seat, user).await;
        seat.run(SetUserEnabled { user, enabled: false }).await.unwrap();
        assert_void(&seat, &secret).await;
        seat.run(SetUserEnabled { user, enabled: true }).await.unwrap();
        seat.run(SetTenantSuspended { suspended: true }).await.unwrap();
        assert_void(&seat, &secret).await;
        seat.run(SetTenantSuspended { suspended: false }).await.unwrap();
        let elsewhere = directory
            .directory
            .redeem_password_link(Some("default"), &secret, CHOSEN.to_owned(), "test")
            .await;
        assert!(matches!(elsewhere, Err(Error::Unknown(Noun::Token))), "{elsewhere:?}");
        seat.run(DeleteUser { user }).await.unwrap();
        assert_void(&seat, &secret).await;
    }

    async fn a_waiting_mail_is_taken_by_one_alone_and_settled(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let command = CreateUser {
            email: Some(email("frank@acme.example")),
            welcome: true,
            ..CreateUser::new(login("frank"))
        };
        let user = seat.run(command).await.unwrap().number;
        let queries = &directory.directory;
        let due = queries.due_welcome_mails(10).await.unwrap();
        let [mail] = due.as_slice() else { panic!("{due:?}") };
        assert_eq!((mail.tenant, mail.user, mail.attempts), (seat.tenant_id(), user, 0));

        let claim = ClaimWelcomeMail { mail: *mail, time: Duration::from_secs(60) };
        let taken = seat.run(claim).await.unwrap().unwrap();
        assert_eq!(seat.run(claim).await.unwrap(), None, "another has it");
        assert_eq!(queries.due_welcome_mails(10).await.unwrap(), []);

        let again = Settlement::Again(Duration::from_secs(5));
        seat.run(SettleWelcomeMail { mail: taken, settlement: again }).await.unwrap();
        directory.clock.advance(Duration::from_secs(6));
        let due = queries.due_welcome_mails(10).await.unwrap();
        assert_eq!(due.iter().map(|mail| mail.attempts).collect::<Vec<_>>(), [1]);

        let claim = ClaimWelcomeMail { mail: due[0], time: Duration::from_secs(60) };
        let taken = seat.run(claim).await.unwrap().unwrap();
        seat.run(SettleWelcomeMail { mail: taken, settlement: Settlement::Done }).await.unwrap();
        assert_eq!(queries.waiting_welcome_mail(seat.tenant_id(), user).await.unwrap(), None);
    }
}

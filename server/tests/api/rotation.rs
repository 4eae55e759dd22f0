//! A new master key: every data key is wrapped anew, and everything that is found or checked by keyed hashes still is.

use chrono::TimeDelta;
use serde_json::json;
use server::rotate::rotate;
use server::seal::{AesGcm256, MasterKey, rewrap};
use server::source::Source;
use server::start;
use server::verify::verify;
use store::{StoreExt as _, WrappedKey, WriteError};

use crate::support::case::{Held, Paper};
use crate::support::process::said;
use crate::support::{TestApp, everything, on_both_engines};

on_both_engines!(
    a_new_key_opens_everything_and_the_old_one_nothing,
    a_rotation_that_was_broken_off_goes_on,
    a_running_server_stands_in_its_way,
);

async fn three_cases(app: &TestApp) {
    for no in 1..=3 {
        Held::at(app, Paper::new("SH", no), "entry").await;
    }
    everything::sealed(app).await;
    // The jobs give their lease back when a server stops; this one is not stopped but only left alone.
    app.clock.pass(TimeDelta::minutes(5));
}

fn keys(app: &TestApp) -> (MasterKey, MasterKey) {
    let old = start::master_key(app.app.config(), true, app.app.source()).expect("the old key");
    let file = app.place.folder().join("next.key");
    (old, MasterKey::read_or_create(&file, false, &Source::system()).expect("a new key"))
}

async fn a_new_key_opens_everything_and_the_old_one_nothing(app: TestApp) {
    three_cases(&app).await;
    let seal = verify(app.app.store().as_ref(), app.app.vault()).await.expect("it is read").seal;
    let (old, next) = keys(&app);
    let done =
        rotate(app.app.store().as_ref(), app.app.source(), &old, &next).await.expect("keys are wrapped");
    assert_eq!((done.rewrapped, done.before), (4, 0), "three cases and the first key");
    let refused = start::vault(app.app.config(), app.app.store().as_ref(), app.app.source()).await;
    assert!(refused.expect_err("the old key").to_string().contains("is sealed with master key"));
    let mut config = app.app.config().clone();
    config.master_key_file = Some(app.place.folder().join("next.key"));
    let vault = start::existing_vault(&config, app.app.store().as_ref(), app.app.source())
        .await
        .expect("the new key");
    let report = verify(app.app.store().as_ref(), &vault).await.expect("it is read");
    assert!(report.ok, "{report:#?}");
    assert_eq!(report.seal, seal, "the seals made before are the seals that hold");
    // Search by a personal value and drafts go by keys that do not change.
    assert_eq!(vault.digest("13812341234"), app.app.vault().digest("13812341234"));
    assert_eq!(vault.drafts_key(&"SH1001".into()), app.app.vault().drafts_key(&"SH1001".into()));
    let (place, store, now) = (app.place, std::sync::Arc::clone(app.app.store()), app.app.source().now());
    drop(app.app);
    let app = TestApp::over(place, config, store, now).await;
    let mut case = Held::at(&app, Paper::new("SH", 4), "entry").await;
    let entry = app.entry_clerk("SH").await;
    case.claimed(&entry).await;
    let seen = entry.get(&case.path()).await.expect_status(200);
    assert_ne!(seen.body["plain"], json!({}));
    app.verify().await;
}

async fn a_rotation_that_was_broken_off_goes_on(app: TestApp) {
    three_cases(&app).await;
    let (old, next) = keys(&app);
    // As `kill -9` leaves it between two transactions: the first key and one case wrapped anew, the others not.
    let page = app.app.store().keys_behind(None, 1).await.expect("keys");
    let first = app.app.store().key_of(start::DIGEST_KEY).await.expect("keys").expect("a first key");
    for (owner, key) in [(start::DIGEST_KEY, &first), (page[0].case, &page[0].key)] {
        let wrapped =
            rewrap(&AesGcm256, (&old, &next), app.app.source(), owner, &key.wrapped).expect("it is wrapped");
        let key = WrappedKey { master: next.fingerprint(), wrapped };
        app.app
            .store()
            .write(move |tx| {
                let key = key.clone();
                Box::pin(async move {
                    Ok::<_, WriteError<server::error::Error>>(tx.put_case_key(owner, &key).await?)
                })
            })
            .await
            .expect("it is kept");
    }
    // No server starts now, neither with the old key nor with the new one.
    let mut config = app.app.config().clone();
    assert!(start::vault(&config, app.app.store().as_ref(), app.app.source()).await.is_err());
    config.master_key_file = Some(app.place.folder().join("next.key"));
    let half =
        start::vault(&config, app.app.store().as_ref(), app.app.source()).await.expect_err("half done");
    assert!(half.to_string().contains("rotate-key again"), "{half}");
    let done = rotate(app.app.store().as_ref(), app.app.source(), &old, &next).await.expect("it goes on");
    assert_eq!((done.rewrapped, done.before), (2, 2));
    let again =
        rotate(app.app.store().as_ref(), app.app.source(), &old, &next).await.expect("nothing is left");
    assert_eq!((again.rewrapped, again.before), (0, 4));
    let vault = start::vault(&config, app.app.store().as_ref(), app.app.source()).await.expect("the new key");
    let report = verify(app.app.store().as_ref(), &vault).await.expect("it is read");
    assert!(report.ok, "{report:#?}");
    // A third key is neither of the two.
    let wrong = rotate(app.app.store().as_ref(), app.app.source(), &old, &MasterKey::new([9; 32])).await;
    assert!(wrong.expect_err("a third key").to_string().contains("is wrapped with master key"));
}

async fn a_running_server_stands_in_its_way(app: TestApp) {
    Held::at(&app, Paper::new("SH", 1), "entry").await;
    server::jobs::round(&app.app, "test").await.expect("the jobs run");
    let (old, next) = keys(&app);
    let refused = rotate(app.app.store().as_ref(), app.app.source(), &old, &next).await;
    assert!(refused.expect_err("a server runs").to_string().contains("a server is running"));
    assert_eq!(app.app.store().keys_of_others(&old.fingerprint()).await.expect("keys"), 0);
    app.verify().await;
    // The command itself, by the machine's clock: the lease of this test has long run out.
    let file = app.place.folder().join("next.key");
    let (code, told) =
        said(&app.place, &["rotate-key", "--new-key-file", file.to_str().expect("a path")]).await;
    assert!(code == Some(0) && told.contains("2 keys wrapped anew"), "{told}");
    let (code, told) = said(&app.place, &["verify"]).await;
    assert!(code != Some(0) && told.contains("is sealed with master key"), "{told}");
}

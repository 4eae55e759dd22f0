use super::*;

fn read(form: &TimeForm, text: &str) -> Result<String, String> {
    Times::new(form).expect("a form").read(text).map(|read| read.at.to_rfc3339())
}

fn china() -> TimeForm {
    TimeForm { offset: Some("+08:00".into()), ..TimeForm::default() }
}

#[test]
fn offsets_in_the_log_are_heeded() {
    let plain = TimeForm::default();
    for text in [
        "2011-10-11 13:45:40.276000+02:00",
        "2011-10-11T13:45:40.276+02:00",
        "2011-10-11T13:45:40,276+02:00",
        "2011-10-11T11:45:40.276Z",
        "2011-10-11 13:45:40.276+0200",
        " 2011-10-11 13:45:40.276+02 ",
        "2011/10/11 13:45:40.276 +02:00",
    ] {
        assert_eq!(read(&plain, text).as_deref(), Ok("2011-10-11T11:45:40.276+00:00"), "{text}");
    }
    for text in ["2011-10-11 13:45:40", "2011-10-11", "11.10.2011 13:45", "", "2011-02-30T00:00:00Z", "soon"]
    {
        assert!(read(&plain, text).is_err(), "{text}");
    }
}

#[test]
fn what_can_be_read_in_one_way_needs_no_form() {
    for text in [
        "2026-11-30 09:10",
        "2026/11/30 9:10",
        "2026/11/30 上午 9:10",
        "2026/11/30 上午9:10:00",
        "2026.11.30 9:10",
        "2026年11月30日 9:10",
        "2026年11月30日9时10分",
        "2026年11月30日 9点10分0秒",
        "2026-11-30 9:10 AM",
        "20261130091000",
        "２０２６－１１－３０　０９：１０",
    ] {
        assert_eq!(read(&china(), text).as_deref(), Ok("2026-11-30T01:10:00+00:00"), "{text}");
    }
    for (text, at) in [
        ("2026-11-30 下午 2:05", "2026-11-30T06:05:00+00:00"),
        ("2026-11-30 12:30 AM", "2026-11-29T16:30:00+00:00"),
        ("2026-11-30 12:30 PM", "2026-11-30T04:30:00+00:00"),
        ("2026-03-05 24:00", "2026-03-05T16:00:00+00:00"),
        ("2026-03-05 24:00:00", "2026-03-05T16:00:00+00:00"),
    ] {
        assert_eq!(read(&china(), text).as_deref(), Ok(at), "{text}");
    }
    for text in
        ["2026-03-05 24:01", "2026-03-05 9:60", "2026-03-05 上午 14:00", "2026-03-05 9:10 x", "2026-3/5 9:10"]
    {
        assert!(read(&china(), text).is_err(), "{text}");
    }
}

#[test]
fn what_means_two_things_names_the_setting_that_decides() {
    for (text, setting) in [
        ("03/04/2026 09:00", "time.order"),
        ("25/03/2026 10:00", "time.order"),
        ("03/04/26 09:00", "four"),
        ("2026-03-05", "time.days"),
        ("46356.3819444", "time.serial"),
        ("1772672400", "epoch_s"),
        ("1772672400000", "epoch_ms"),
        ("9999-12-31 00:00", "time.until"),
        ("0026-06-12 00:00", "time.from"),
        ("1900-01-01 00:00", "time.from"),
        ("2016-12-31T23:59:60Z", "second 59"),
    ] {
        let told = read(&china(), text).expect_err(text);
        assert!(told.contains(setting) && told.contains(text), "{text}: {told}");
    }
    let plain = read(&TimeForm::default(), "2026-03-05 09:00").expect_err("no offset");
    assert!(plain.contains("time.offset"), "{plain}");
}

#[test]
fn a_mapping_says_the_rest() {
    let with = |format: &str| TimeForm { format: Some(format.into()), ..china() };
    let nine = Ok("2026-03-18T01:00:00+00:00");
    assert_eq!(read(&with("%d.%m.%Y %H:%M"), "18.03.2026 09:00").as_deref(), nine);
    assert!(
        read(&with("%d/%m/%Y %H:%M"), "03/25/2026 11:00").expect_err("no month 25").contains("time.format")
    );
    assert_eq!(read(&with("epoch_s"), "1773795600").as_deref(), nine);
    assert_eq!(read(&with("%s"), "1773795600").as_deref(), nine);
    assert_eq!(read(&with("epoch_ms"), "1773795600000").as_deref(), nine);
    let order = |order| TimeForm { order: Some(order), ..china() };
    assert_eq!(read(&order(Order::Dmy), "18/03/2026 09:00").as_deref(), nine);
    assert_eq!(read(&order(Order::Mdy), "03/18/2026 09:00").as_deref(), nine);
    assert!(read(&order(Order::Mdy), "18/03/2026 09:00").is_err());
    let serial = TimeForm { serial: Some(Serial::Since1900), ..china() };
    assert_eq!(read(&serial, "46356.3819444").as_deref(), Ok("2026-11-30T01:10:00+00:00"));
    assert_eq!(
        Times::new(&serial).expect("a form").day("46356"),
        Ok(NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day"))
    );
    let old = TimeForm { serial: Some(Serial::Since1904), ..china() };
    assert_eq!(
        Times::new(&old).expect("a form").day("44894"),
        Ok(NaiveDate::from_ymd_opt(2026, 11, 30).expect("a day"))
    );
    let wrong = TimeForm { offset: Some("Shanghai".into()), ..TimeForm::default() };
    assert!(Times::new(&wrong).is_err());
}

#[test]
fn days_are_taken_as_the_mapping_says() {
    for (days, at) in [
        (WholeDays::Begin, "2026-03-04T16:00:00+00:00"),
        (WholeDays::Rows, "2026-03-04T16:00:00+00:00"),
        (WholeDays::End, "2026-03-05T15:59:59.999+00:00"),
    ] {
        for format in [None, Some("%Y-%m-%d".to_owned())] {
            let form = TimeForm { days: Some(days), format, ..china() };
            let read = Times::new(&form).expect("a form").read("2026-03-05").expect("a day");
            assert_eq!((read.at.to_rfc3339().as_str(), read.day_only), (at, true));
        }
    }
}

#[test]
fn finer_parts_are_cut_off() {
    let read = Times::new(&TimeForm::default()).expect("a form").read("2011-10-11T11:45:40.276999Z");
    assert_eq!(read.map(|read| whole(read.at).to_rfc3339()), Ok("2011-10-11T11:45:40.276+00:00".to_owned()));
}

#[test]
fn days_are_written_many_ways() {
    let times = Times::new(&TimeForm::default()).expect("a form");
    let expected = Ok(NaiveDate::from_ymd_opt(2026, 3, 8).expect("a day"));
    for text in ["2026-03-08", " 2026/3/8 ", "2026.3.8", "2026年3月8日", "20260308", "2026-03-08 00:00:00"]
    {
        assert_eq!(times.day(text), expected, "{text}");
    }
    for text in ["8.3.2026", "2026-02-30", "2026-03-08 09:00", "46089", "今早"] {
        assert!(times.day(text).is_err(), "{text}");
    }
}

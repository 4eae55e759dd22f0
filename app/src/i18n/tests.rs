use super::*;

/// Every text of every shared struct, as its `Debug` form shows it.
fn all_texts(locale: Locale) -> String {
    format!("{:?}", Messages::in_locale(locale))
}

#[test]
fn chinese_texts_keep_to_the_house_words() {
    let texts = all_texts(Locale::ZhHans);
    for word in ["请", "您", "成功", "抱歉", "！", "!"] {
        // 请 within 申请 is a word of the trade, not a courtesy.
        let found = texts.replace("申请", "").contains(word);
        assert!(!found, "{word} in a text");
    }
}

#[test]
fn english_texts_have_no_exclamation_marks_and_no_chinese_but_the_name() {
    let texts = all_texts(Locale::En);
    let chinese: String = texts.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
    assert_eq!(chinese, "准绳");
    assert!(!texts.contains('!'));
}

#[test]
fn english_counts_have_a_singular() {
    let m = Messages::in_locale(Locale::En);
    assert_eq!([(m.common.cases)(1), (m.common.cases)(1200)], ["1 case", "1,200 cases"]);
    assert_eq!((m.banner.session_ends)(1), "The session ends in 1 minute");
    assert_eq!((m.banner.offline)("14:32", 0), "Offline, working with data of 14:32");
    assert_eq!((m.queue.and_others)("Surrender", 3), "Surrender and 2 more");
    assert_eq!((m.field().month)(2026, 2), "February 2026");
}

#[test]
fn chinese_parameters_stand_where_chinese_has_them() {
    let m = Messages::in_locale(Locale::ZhHans);
    assert_eq!((m.clock.left)("2:20"), "剩 2:20");
    assert_eq!((m.clock.cycle_title)(2, 5), "全程第 2 / 5 个工作日");
    assert_eq!((m.banner.offline)("14:32", 3), "离线，正在用 14:32 的数据，3 项待发送");
}

#[test]
fn languages_are_found_by_tag() {
    let cases = [
        ("zh-CN", Some(Locale::ZhHans)),
        ("zh", Some(Locale::ZhHans)),
        ("EN_gb", Some(Locale::En)),
        ("fr", None),
    ];
    for (tag, locale) in cases {
        assert_eq!(Locale::of_tag(tag), locale);
    }
    for locale in Locale::ALL {
        assert_eq!(Locale::of_tag(locale.tag()), Some(locale));
    }
}

#[test]
fn every_status_has_words() {
    let m = Messages::in_locale(Locale::ZhHans).problem;
    assert_eq!(m.of_status(429, Some(9), ""), "操作过密，9 秒后再试");
    assert_eq!(m.of_status(500, None, "r-7"), "出错了，编号 r-7");
    assert_eq!(m.of_status(0, None, ""), m.network);
}

//! Small files as people really have them: each is read as it is meant, or refused with row, column, the reason and what
//! to do. Never silently wrong.
//!
//! The files lie beside the repository (`../shared/data/imports`); the same rules are tested on invented ones in
//! `server/src/import`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use server::import::{Fault, Faults, File, Rule, case_list, event_log, mapping};

/// What becomes of a file.
enum Wanted {
    /// A log of these cases: number and steps, each activity, time, time begun or nothing, and who or nothing.
    Log(&'static [(&'static str, &'static [[&'static str; 4]])]),
    /// A log of so many cases and steps.
    Counts(usize, u64),
    /// A list of these rows: number, applicant, policy number, mobile, date applied, received at, premium in fen.
    List(&'static [[&'static str; 7]]),
    /// Nothing: row, column, rule, and a part of what is to be done.
    Says(&'static [(u64, &'static str, Rule, &'static str)]),
}
use Wanted::{Counts, List, Log, Says};

/// A folder, its file, lines put in front of its mapping, replacements in its mapping, and what becomes of it.
type Line = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], Wanted);

const AM: &str = "2026-11-30T01:10:00+00:00";
const DAY: &str = "2026-11-30";
const ISO: &str = "offset = \"+08:00\"";

const FILES: &[Line] = &[
    (
        "01-gbk-excel-csv",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1001", "顾文娟", "310009084016", "13900000016", DAY, AM, "1248050"],
            ["P-1002", "欧阳雪", "310032506405", "13900000595", DAY, AM, "1248050"],
        ]),
    ),
    (
        "02-utf16-unicode-text",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1003", "顾文娟", "310042191847", "13900000153", DAY, AM, "1248050"],
            ["P-1004", "顾文娟", "310087004594", "13900000594", DAY, AM, "1248050"],
        ]),
    ),
    (
        "03-cr-line-ends",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T01:00:00+00:00", "", ""], ["key", "2026-03-05T02:00:00+00:00", "", ""]],
        )]),
    ),
    (
        "04-trailing-comma-rows",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1005", "顾文娟", "310071633272", "13900000272", DAY, AM, "1248050"],
            ["P-1006", "顾文娟", "310036501319", "13900000319", DAY, AM, "1248050"],
        ]),
    ),
    (
        "05-empty-extra-columns",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1007", "顾文娟", "310032931745", "13900000745", DAY, AM, "1248050"],
            ["P-1008", "顾文娟", "310051231902", "13900000098", DAY, AM, "1248050"],
        ]),
    ),
    (
        "06-duplicate-unused-header",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1009", "顾文娟", "310095569378", "13900000622", DAY, AM, "1248050"],
            ["P-1010", "顾文娟", "310058072316", "13900000684", DAY, AM, "1248050"],
        ]),
    ),
    (
        "06-duplicate-unused-header",
        "list.csv",
        "unmapped = \"refuse\"\n",
        &[],
        Says(&[(1, "备注", Rule::Unmapped, "unmapped")]),
    ),
    (
        "07-long-unused-note",
        "list.csv",
        "",
        &[],
        List(&[["P-1011", "顾文娟", "310003157028", "13900000972", DAY, AM, "1248050"]]),
    ),
    (
        "08-scientific-notation",
        "list.csv",
        "",
        &[],
        Says(&[
            (2, "保单号", Rule::Exponent, "form of a text"),
            (3, "保单号", Rule::Exponent, "form of a text"),
        ]),
    ),
    ("08a-scientific-policy", "list.csv", "", &[], Says(&[(2, "保单号", Rule::Exponent, "form of a text")])),
    ("08b-scientific-mobile", "list.csv", "", &[], Says(&[(2, "手机号", Rule::Exponent, "form of a text")])),
    (
        "10-leading-zero-numbers",
        "list.csv",
        "",
        &[],
        List(&[
            ["007", "顾文娟", "310055753455", "13900000455", DAY, AM, "1248050"],
            ["07", "顾文娟", "310072237846", "13900000154", DAY, AM, "1248050"],
            ["7", "沈嘉林", "310073863006", "13900000994", DAY, AM, "1248050"],
        ]),
    ),
    (
        "11-excel-serial-date",
        "list.csv",
        "",
        &[],
        Says(&[(2, "申请日期", Rule::Date, "time.serial"), (2, "收件时间", Rule::Time, "time.serial")]),
    ),
    (
        "11-excel-serial-date",
        "list.csv",
        "",
        &[(ISO, "offset = \"+08:00\"\nserial = \"1900\"")],
        List(&[["P-1020", "顾文娟", "310098093150", "13900000850", DAY, AM, "1248050"]]),
    ),
    (
        "12-chinese-date",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1021", "顾文娟", "310020514979", "13900000979", DAY, AM, "1248050"],
            ["P-1022", "顾文娟", "310000753365", "13900000635", DAY, AM, "1248050"],
            ["P-1023", "顾文娟", "310027081926", "13900000074", DAY, AM, "1248050"],
        ]),
    ),
    (
        "13-excel-cn-datetime",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1024", "顾文娟", "310079563390", "13900000610", DAY, AM, "1248050"],
            ["P-1025", "顾文娟", "310074225859", "13900000141", DAY, AM, "1248050"],
        ]),
    ),
    (
        "13b-excel-cn-datetime-mapped",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1026", "顾文娟", "310039815652", "13900000652", DAY, AM, "1248050"],
            [
                "P-1027",
                "顾文娟",
                "310074173379",
                "13900000621",
                "2026-11-03",
                "2026-11-03T06:05:00+00:00",
                "1248050",
            ],
        ]),
    ),
    ("14-day-month-order", "log.csv", "", &[], Says(&[(4, "at", Rule::Time, "time.format")])),
    (
        "14-day-month-order",
        "log.csv",
        "",
        &[("format = \"%d/%m/%Y %H:%M\"\n", "")],
        Says(&[
            (2, "at", Rule::Time, "time.order"),
            (3, "at", Rule::Time, "time.order"),
            (4, "at", Rule::Time, "time.order"),
        ]),
    ),
    (
        "15-day-precision",
        "log.csv",
        "",
        &[],
        Says(&[
            (2, "at", Rule::Time, "time.days"),
            (3, "at", Rule::Time, "time.days"),
            (4, "at", Rule::Time, "time.days"),
        ]),
    ),
    (
        "15-day-precision",
        "log.csv",
        "",
        &[(ISO, "offset = \"+08:00\"\ndays = \"rows\"")],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-04T16:00:00+00:00", "", ""],
                ["key", "2026-03-04T16:00:00+00:00", "", ""],
                ["bind", "2026-03-05T16:00:00+00:00", "", ""],
            ],
        )]),
    ),
    (
        "15b-day-precision-plain",
        "log.csv",
        "",
        &[],
        Says(&[(2, "at", Rule::Time, "time.days"), (3, "at", Rule::Time, "time.days")]),
    ),
    (
        "15b-day-precision-plain",
        "log.csv",
        "",
        &[(ISO, "offset = \"+08:00\"\ndays = \"end\"")],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-05T15:59:59.999+00:00", "", ""],
                ["bind", "2026-03-06T15:59:59.999+00:00", "", ""],
            ],
        )]),
    ),
    (
        "16-fractions",
        "log.csv",
        "",
        &[],
        Log(&[
            (
                "A1",
                &[
                    ["in", "2026-03-05T01:00:00.123+00:00", "", ""],
                    ["key", "2026-03-05T01:00:00.123+00:00", "", ""],
                    ["bind", "2026-03-05T01:00:00.123+00:00", "", ""],
                ],
            ),
            (
                "B1",
                &[["in", "2026-03-05T01:00:00+00:00", "", ""], ["bind", "2026-03-05T01:00:00+00:00", "", ""]],
            ),
        ]),
    ),
    (
        "16b-decimal-comma",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-05T01:00:00.250+00:00", "", ""],
                ["bind", "2026-03-05T02:00:00.250+00:00", "", ""],
            ],
        )]),
    ),
    (
        "17-ties-and-order",
        "log.csv",
        "",
        &[],
        Log(&[
            (
                "B2",
                &[
                    ["in", "2026-03-05T02:00:00+00:00", "", "A"],
                    ["bind", "2026-03-06T02:00:00+00:00", "", "D"],
                ],
            ),
            (
                "A1",
                &[
                    ["key", "2026-03-05T01:00:00+00:00", "", "B"],
                    ["in", "2026-03-05T01:00:00+00:00", "", "A"],
                    ["serve", "2026-03-05T01:00:00+00:00", "", "C"],
                    ["bind", "2026-03-05T01:00:00+00:00", "", "D"],
                ],
            ),
        ]),
    ),
    ("19-start-and-complete", "log.csv", "", &[], Says(&[(1, "life", Rule::Lifecycle, "[lifecycle]")])),
    (
        "19-start-and-complete",
        "log.csv",
        "",
        &[("[time]", "[lifecycle]\ncolumn = \"life\"\n[time]")],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-05T01:20:00+00:00", "2026-03-05T01:00:00+00:00", "甲"],
                ["key", "2026-03-05T02:30:00+00:00", "2026-03-05T02:00:00+00:00", "乙"],
                ["bind", "2026-03-05T03:00:00+00:00", "", "丙"],
            ],
        )]),
    ),
    (
        "20-case-value-on-first-row",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-05T01:00:00+00:00", "", ""],
                ["key", "2026-03-05T02:00:00+00:00", "", ""],
                ["bind", "2026-03-05T03:00:00+00:00", "", ""],
            ],
        )]),
    ),
    (
        "21-year-outlier",
        "log.csv",
        "",
        &[],
        Says(&[(5, "at", Rule::Time, "time.until"), (6, "at", Rule::Time, "time.from")]),
    ),
    ("22-long-names", "log.csv", "", &[], Counts(1, 2)),
    ("22b-many-columns", "log.csv", "", &[], Counts(5, 10)),
    (
        "26-rare-names",
        "list.csv",
        "",
        &[],
        List(&[
            ["P-1040", "买买提·艾力江·阿卜杜热合曼", "310064712093", "13900000093", DAY, AM, "1248050"],
            ["P-1041", "𠮷野", "310005113233", "13900000233", DAY, AM, "1248050"],
            ["P-1042", "𡐤彦", "310042880168", "13900000168", DAY, AM, "1248050"],
            ["P-1043", "䶮昌", "310029451490", "13900000510", DAY, AM, "1248050"],
            ["P-1044", "王𬭛", "310015230660", "13900000340", DAY, AM, "1248050"],
            ["P-1045", "〇小星", "310008451831", "13900000169", DAY, AM, "1248050"],
            ["P-1046", "龘", "310002752415", "13900000415", DAY, AM, "1248050"],
            ["P-1047", "Ｏ’Ｎｅｉｌ", "310051451013", "13900000987", DAY, AM, "1248050"],
        ]),
    ),
    (
        "26b-pua-name",
        "list.csv",
        "",
        &[],
        Says(&[(2, "申请人", Rule::Name, "U+E863"), (2, "投保人", Rule::Name, "write the name anew")]),
    ),
    (
        "27-control-in-name",
        "list.csv",
        "",
        &[],
        Says(&[
            (2, "申请人", Rule::Name, "U+000A"),
            (2, "投保人", Rule::Name, "U+000A"),
            (3, "申请人", Rule::Name, "U+200B"),
            (3, "投保人", Rule::Name, "U+200B"),
            (4, "申请人", Rule::Name, "U+202E"),
            (5, "申请人", Rule::Name, "U+0009"),
        ]),
    ),
    (
        "47-money-forms",
        "list.csv",
        "",
        &[],
        Says(&[(6, "期交保费", Rule::Exponent, "12480.50"), (7, "期交保费", Rule::Amount, "12480.50")]),
    ),
    ("48-two-files-in-one", "list.csv", "", &[], Says(&[(3, "", Rule::Header, "two files")])),
    (
        "49-invisible-in-ids",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[
                ["in", "2026-03-05T01:00:00+00:00", "", ""],
                ["key", "2026-03-05T02:00:00+00:00", "", ""],
                ["serve", "2026-03-05T02:30:00+00:00", "", ""],
                ["check", "2026-03-05T03:00:00+00:00", "", ""],
                ["bind", "2026-03-05T04:00:00+00:00", "", ""],
            ],
        )]),
    ),
    (
        "50-epoch",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T01:00:00+00:00", "", ""], ["bind", "2026-03-05T02:00:00+00:00", "", ""]],
        )]),
    ),
    (
        "50b-epoch-millis",
        "log.csv",
        "",
        &[],
        Says(&[(2, "at", Rule::Time, "epoch_ms"), (3, "at", Rule::Time, "epoch_ms")]),
    ),
    (
        "50b-epoch-millis",
        "log.csv",
        "",
        &[("[time]", "[time]\nformat = \"epoch_ms\"")],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T01:00:00+00:00", "", ""], ["bind", "2026-03-05T02:00:00+00:00", "", ""]],
        )]),
    ),
    ("51-leap-second-and-24h", "log.csv", "", &[], Says(&[(2, "at", Rule::Time, "second 59")])),
    (
        "51b-24h",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T16:00:00+00:00", "", ""], ["bind", "2026-03-06T16:00:00+00:00", "", ""]],
        )]),
    ),
    (
        "52-dst-local",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-29T01:30:00+00:00", "", ""], ["bind", "2026-10-25T01:30:00+00:00", "", ""]],
        )]),
    ),
    (
        "53-semicolon-decimal",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T08:00:00+00:00", "", ""], ["bind", "2026-03-06T08:00:00+00:00", "", ""]],
        )]),
    ),
    ("53-semicolon-decimal", "log.csv", "", &[("delimiter = \";\"\n", "")], Counts(1, 2)),
    ("54-activity-spaces", "log.csv", "", &[], Says(&[(4, "act", Rule::Activity, "[[activities]]")])),
    (
        "55-bom-and-quoted-header",
        "log.csv",
        "",
        &[],
        Log(&[(
            "A1",
            &[["in", "2026-03-05T01:00:00+00:00", "", ""], ["bind", "2026-03-05T02:00:00+00:00", "", ""]],
        )]),
    ),
    (
        "57-wrong-century",
        "list.csv",
        "",
        &[],
        Says(&[
            (2, "生效日", Rule::Date, "mend"),
            (3, "生效日", Rule::Date, "mend"),
            (4, "交至日", Rule::Date, "mend"),
            (5, "收件时间", Rule::Time, "time.from"),
            (5, "申请日期", Rule::Date, "mend"),
        ]),
    ),
    ("58-delimiter-odd", "log.csv", "", &[], Says(&[(0, "", Rule::Delimiter, "such as a comma")])),
    (
        "60-text-guards",
        "list.csv",
        "",
        &[],
        List(&[["P-6001", "顾文娟", "310028837656", "13900000656", DAY, AM, "1248050"]]),
    ),
    (
        "60b-excel-equals",
        "list.csv",
        "",
        &[],
        List(&[["P-6002", "顾文娟", "310000006002", "13900000374", DAY, AM, "1248050"]]),
    ),
    (
        "60c-tab-guard",
        "list.csv",
        "",
        &[],
        List(&[["P-6003", "顾文娟", "310000006003", "13900006003", DAY, AM, "1248050"]]),
    ),
    (
        "60d-apostrophe",
        "list.csv",
        "",
        &[],
        List(&[["P-6004", "顾文娟", "310000006004", "13900006004", DAY, AM, "1248050"]]),
    ),
    (
        "61-mapping-bom",
        "list.csv",
        "",
        &[],
        List(&[["P-6101", "顾文娟", "310075441622", "13900000378", DAY, AM, "1248050"]]),
    ),
    (
        "61b-mapping-gbk",
        "list.csv",
        "",
        &[],
        List(&[["P-6102", "顾文娟", "310028782593", "13900000407", DAY, AM, "1248050"]]),
    ),
    (
        "62-sep-line",
        "list.csv",
        "",
        &[],
        List(&[["P-6201", "顾文娟", "310094189258", "13900000258", DAY, AM, "1248050"]]),
    ),
    ("63-title-row", "list.csv", "", &[], Says(&[(1, "", Rule::Header, "header = 2")])),
    (
        "63-title-row",
        "list.csv",
        "header = 2\n",
        &[],
        List(&[["P-6301", "顾文娟", "310010778108", "13900000892", DAY, AM, "1248050"]]),
    ),
    ("64-total-row", "list.csv", "", &[], Says(&[(3, "受理号", Rule::Total, "take it away")])),
    ("65-wrong-delimiter", "list.csv", "", &[], Says(&[(1, "", Rule::Delimiter, "delimiter = \";\"")])),
    ("66-space-before-quote", "list.csv", "", &[], Says(&[(2, "", Rule::Quotes, "take the space away")])),
    (
        "67-ctrl-z",
        "list.csv",
        "",
        &[],
        List(&[["P-6701", "顾文娟", "310002520812", "13900000812", DAY, AM, "1248050"]]),
    ),
    (
        "68-full-width-comma",
        "list.csv",
        "",
        &[],
        List(&[["P-6801", "顾文娟", "310008234328", "13900000672", DAY, AM, "1248050"]]),
    ),
    (
        "69-header-spaces",
        "list.csv",
        "",
        &[],
        List(&[["P-6901", "顾文娟", "310096885387", "13900000613", DAY, AM, "1248050"]]),
    ),
    (
        "71-corrected-list",
        "list.csv",
        "",
        &[],
        List(&[["P-7101", "顾文娟", "310000007101", "13900007101", DAY, AM, "1248050"]]),
    ),
    (
        "71-corrected-list",
        "corrected.csv",
        "",
        &[],
        List(&[["P-7101", "陈默", "310000007109", "13900007199", DAY, AM, "1248050"]]),
    ),
    ("72-log-grown", "october.csv", "", &[], Counts(2, 3)),
    ("72-log-grown", "november.csv", "", &[], Counts(3, 6)),
    ("72-log-grown", "november-new.csv", "", &[], Counts(2, 3)),
];

/// Where the files lie, if they do: beside the repository, not in it.
fn folder() -> Option<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Some(repository.join("../shared/data/imports")).filter(|folder| folder.is_dir())
}

#[test]
fn every_file_is_read_as_meant_or_says_what_is_wrong() {
    let Some(folder) = folder() else {
        // Past the harness, which keeps what a passing test prints: nobody shall take it for tried.
        let absent = "NOT TRIED on small files as people have them: there is no ../shared/data/imports";
        writeln!(std::io::stderr(), "{absent}").expect("standard error");
        return;
    };
    let mut wrong = Vec::new();
    for (name, file, front, changes, wanted) in FILES {
        if let Err(what) = tried(&folder.join(name), file, front, changes, wanted) {
            wrong.push(format!("{name}/{file} {front}{changes:?}: {what}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut untried: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder is read")
        .filter_map(|entry| {
            let entry = entry.ok()?;
            entry.path().is_dir().then(|| entry.file_name().to_string_lossy().into_owned())
        })
        .collect();
    untried.retain(|name| !FILES.iter().any(|(tried, ..)| tried == name));
    assert_eq!(untried, Vec::<String>::new(), "folders nobody tried");
}

fn tried(
    folder: &Path,
    name: &str,
    front: &str,
    changes: &[(&str, &str)],
    wanted: &Wanted,
) -> Result<(), String> {
    let place = tempfile::tempdir().expect("a folder");
    let path = if front.is_empty() && changes.is_empty() {
        folder.join("mapping.toml")
    } else {
        let mut text = std::fs::read_to_string(folder.join("mapping.toml")).expect("a mapping");
        for (old, new) in changes {
            assert!(text.contains(old), "{}: no {old:?}", folder.display());
            text = text.replace(old, new);
        }
        let path = place.path().join("mapping.toml");
        std::fs::write(&path, format!("{front}{text}")).expect("a mapping is written");
        path
    };
    let file = File::read(&folder.join(name)).expect("a file");
    if name == "list.csv" || name == "corrected.csv" {
        let how: case_list::Mapping = mapping(&path).map_err(|error| format!("{error:#}"))?;
        let now = "2026-11-30T02:00:00Z".parse().expect("a time");
        let list = match how.table(&file) {
            Ok(table) => case_list::read(&table, &how, now),
            Err(faults) => case_list::List { faults, ..case_list::List::default() },
        };
        let rows: Vec<[String; 7]> = list.cases.iter().map(shown).collect();
        match wanted {
            List(expected) => same(&list.faults, &[], &rows, expected),
            Says(said) => same::<[String; 7], [&str; 7]>(&list.faults, said, &[], &[]),
            Log(_) | Counts(..) => Err("a list is no log".to_owned()),
        }
    } else {
        let how: event_log::Mapping = mapping(&path).map_err(|error| format!("{error:#}"))?;
        let log = match how.table(&file) {
            Ok(table) => event_log::read(&table, &how),
            Err(faults) => event_log::Log { faults, ..event_log::Log::default() },
        };
        match wanted {
            Log(expected) => {
                let cases: Vec<(String, Vec<[String; 4]>)> = log.cases.iter().map(steps).collect();
                let expected: Vec<(String, Vec<[String; 4]>)> = expected
                    .iter()
                    .map(|(number, steps)| {
                        ((*number).to_owned(), steps.iter().map(|step| step.map(str::to_owned)).collect())
                    })
                    .collect();
                same(&log.faults, &[], &cases, &expected)
            }
            Counts(cases, steps) => {
                same(&log.faults, &[], &[(log.cases.len(), log.steps())], &[(*cases, *steps)])
            }
            Says(said) => same::<u8, u8>(&log.faults, said, &[], &[]),
            List(_) => Err("a log is no list".to_owned()),
        }
    }
}

fn shown(row: &case_list::ListRow) -> [String; 7] {
    let form = &row.case.registration;
    [
        row.number.clone(),
        form.applicant.clone(),
        form.policy.policy_no.to_string(),
        form.mobile.plain().unwrap_or_default().to_owned(),
        form.applied_on.to_string(),
        form.received_at.to_rfc3339(),
        form.policy.premium.minor.to_string(),
    ]
}

fn steps(case: &event_log::LogCase) -> (String, Vec<[String; 4]>) {
    let step = |step: &domain::api::case::ImportedStep| {
        let started = step.started_at.map(|at| at.to_rfc3339()).unwrap_or_default();
        [step.activity.clone(), step.at.to_rfc3339(), started, step.resource.clone().unwrap_or_default()]
    };
    (case.number.clone(), case.steps.iter().map(step).collect())
}

/// Whether the faults are these and what was read is this.
fn same<A: PartialEq<B> + std::fmt::Debug, B: std::fmt::Debug>(
    faults: &Faults,
    said: &[(u64, &str, Rule, &str)],
    read: &[A],
    expected: &[B],
) -> Result<(), String> {
    let told = |fault: &Fault| (fault.row.unwrap_or(0), fault.column.clone().unwrap_or_default(), fault.rule);
    let mut found: Vec<_> = faults.first.iter().map(told).collect();
    let mut wanted: Vec<_> =
        said.iter().map(|(row, column, rule, _)| (*row, (*column).to_owned(), *rule)).collect();
    found.sort();
    wanted.sort();
    if found != wanted {
        return Err(format!("says\n{faults}"));
    }
    for (row, column, rule, what_to_do) in said {
        let says = |fault: &&Fault| told(fault) == (*row, (*column).to_owned(), *rule);
        let detail = faults.first.iter().find(says).map(|fault| fault.detail.as_str()).unwrap_or_default();
        if !detail.contains(what_to_do) {
            return Err(format!("row {row}: {detail:?} does not say {what_to_do:?}"));
        }
    }
    let alike = read.len() == expected.len() && read.iter().zip(expected).all(|(one, other)| one == other);
    if alike { Ok(()) } else { Err(format!("read {read:?}, meant {expected:?}")) }
}

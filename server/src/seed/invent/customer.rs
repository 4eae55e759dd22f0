//! Customers: names, identity numbers, telephones, accounts, addresses. None of them exists.

use chrono::{Datelike, Days, NaiveDate};
use domain::catalogue::{check_character, luhn_digit};
use domain::secret::Secret;
use domain::value::{DocumentKind, IdentityDocument};

use super::super::chance::Chance;

/// Region codes of identity numbers (GB/T 2260), by the code of the branch.
const REGIONS: [(&str, [&str; 3]); 8] = [
    ("SH", ["310101", "310104", "310115"]),
    ("GD", ["440103", "440604", "441900"]),
    ("JS", ["320102", "320505", "320211"]),
    ("ZJ", ["330102", "330203", "330106"]),
    ("BJ", ["110105", "110108", "110101"]),
    ("SD", ["370102", "370202", "370103"]),
    ("SC", ["510104", "510703", "510107"]),
    ("HB", ["420102", "420502", "420106"]),
];

/// Cities and roads by the code of the branch.
const PLACES: [(&str, &str, [&str; 4]); 8] = [
    ("SH", "上海市浦东新区", ["世纪大道", "张杨路", "杨高南路", "锦绣路"]),
    ("GD", "广东省广州市天河区", ["体育西路", "天河路", "黄埔大道", "珠江西路"]),
    ("JS", "江苏省南京市鼓楼区", ["中山北路", "湖南路", "汉中门大街", "北京西路"]),
    ("ZJ", "浙江省杭州市西湖区", ["文三路", "天目山路", "古翠路", "教工路"]),
    ("BJ", "北京市朝阳区", ["建国路", "朝阳北路", "工体东路", "望京街"]),
    ("SD", "山东省济南市历下区", ["泺源大街", "经十路", "文化西路", "解放路"]),
    ("SC", "四川省成都市锦江区", ["人民南路", "红星路", "东大街", "一环路东五段"]),
    ("HB", "湖北省武汉市江岸区", ["中山大道", "解放大道", "沿江大道", "建设大道"]),
];

const BANKS: [&str; 6] =
    ["中国工商银行", "中国建设银行", "中国农业银行", "中国银行", "招商银行", "中国邮政储蓄银行"];

/// An identity document with what its number says.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// The document.
    pub document: IdentityDocument,
    /// Birth date.
    pub birth: NaiveDate,
    /// Choice code.
    pub sex: &'static str,
}

/// Makes up what belongs to people around one branch.
pub(super) struct Customers<'c> {
    /// Chance.
    pub chance: &'c mut Chance,
    /// Code of the branch.
    pub branch: &'c str,
    /// The day.
    pub on: NaiveDate,
}

impl Customers<'_> {
    /// A valid resident identity card of somebody of age.
    pub(super) fn identity(&mut self) -> Identity {
        let age_days = self.chance.between(20 * 366, 75 * 365).cast_unsigned();
        let birth = self.on.checked_sub_days(Days::new(age_days)).unwrap_or(self.on);
        let regions = REGIONS.iter().find(|(code, _)| *code == self.branch).unwrap_or(&REGIONS[0]).1;
        let sequence = self.chance.between(1, 999);
        let body = format!("{}{}{sequence:03}", self.chance.one(&regions), birth.format("%Y%m%d"));
        let check = check_character(&body).unwrap_or('0');
        let expires = (self.on.year() - birth.year() < 46)
            .then(|| self.on.checked_add_days(Days::new(self.chance.between(400, 5_000).cast_unsigned())))
            .flatten();
        Identity {
            document: IdentityDocument {
                kind: DocumentKind::ResidentId,
                number: Secret::Plain(format!("{body}{check}")),
                expires,
            },
            birth,
            sex: if sequence % 2 == 1 { "male" } else { "female" },
        }
    }

    /// A mobile number.
    pub(super) fn mobile(&mut self) -> Secret {
        Secret::Plain(format!("1{}{}", self.chance.between(3, 9), self.chance.digits(9)))
    }

    /// A bank account with its Luhn digit.
    pub(super) fn account(&mut self) -> Secret {
        let body = format!("62{}", self.chance.digits(16));
        let check = luhn_digit(&body).unwrap_or('0');
        Secret::Plain(format!("{body}{check}"))
    }

    /// A bank.
    pub(super) fn bank(&mut self) -> String {
        (*self.chance.one(&BANKS)).to_owned()
    }

    /// An address.
    pub(super) fn address(&mut self) -> Secret {
        let (_, city, roads) = PLACES.iter().find(|(code, ..)| *code == self.branch).unwrap_or(&PLACES[0]);
        let road = self.chance.one(roads);
        let (number, flat) = (self.chance.between(1, 1_999), self.chance.between(101, 2_804));
        Secret::Plain(format!("{city}{road}{number}号{flat}室"))
    }

    /// A postal code.
    pub(super) fn postal_code(&mut self) -> String {
        self.chance.digits(6)
    }

    /// An e-mail address of a domain kept for examples (RFC 2606).
    pub(super) fn email(&mut self) -> Secret {
        Secret::Plain(format!("c{}@example.com", self.chance.digits(7)))
    }
}

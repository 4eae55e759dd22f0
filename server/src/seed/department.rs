//! An invented department: head office, eight branches, offices below them, some hundred and fifty people.

mod people;
mod posts;

pub(super) use people::{Staff, staff};
pub(super) use posts::Skill;

use domain::id::UnitId;
use domain::post::Stage;
use domain::unit::{Unit, UnitLevel};

/// The head office.
pub(super) const HEAD: &str = "HQ";

/// A branch 分公司 with the offices below it.
pub(super) struct Branch {
    /// Its code.
    pub code: &'static str,
    name: &'static str,
    name_en: &'static str,
    /// Share of all applications, in comparison.
    pub weight: f64,
    /// Clerks at Entry, Servicing, Recheck, Binding.
    pub clerks: [u8; 4],
    /// Offices: code, name, English name, level, the unit above.
    offices: &'static [Office],
}

type Office = (&'static str, &'static str, &'static str, UnitLevel, &'static str);

use UnitLevel::{Office as Local, SubBranch};

/// The branches, the largest first.
pub(super) const BRANCHES: [Branch; 8] = [
    Branch {
        code: "SH",
        name: "上海分公司",
        name_en: "Shanghai branch",
        weight: 3.0,
        clerks: [4, 5, 4, 3],
        offices: &[
            ("SH01", "浦东支公司", "Pudong office", Local, "SH"),
            ("SH02", "徐汇支公司", "Xuhui office", Local, "SH"),
            ("SH03", "闵行支公司", "Minhang office", Local, "SH"),
        ],
    },
    Branch {
        code: "GD",
        name: "广东分公司",
        name_en: "Guangdong branch",
        weight: 2.4,
        clerks: [3, 4, 3, 2],
        offices: &[
            ("GD01", "广州中心支公司", "Guangzhou sub-branch", SubBranch, "GD"),
            ("GD0101", "天河支公司", "Tianhe office", Local, "GD01"),
            ("GD02", "佛山中心支公司", "Foshan sub-branch", SubBranch, "GD"),
            ("GD03", "东莞中心支公司", "Dongguan sub-branch", SubBranch, "GD"),
        ],
    },
    Branch {
        code: "JS",
        name: "江苏分公司",
        name_en: "Jiangsu branch",
        weight: 2.2,
        clerks: [3, 4, 3, 2],
        offices: &[
            ("JS01", "南京中心支公司", "Nanjing sub-branch", SubBranch, "JS"),
            ("JS0101", "江宁支公司", "Jiangning office", Local, "JS01"),
            ("JS02", "苏州中心支公司", "Suzhou sub-branch", SubBranch, "JS"),
            ("JS03", "无锡中心支公司", "Wuxi sub-branch", SubBranch, "JS"),
        ],
    },
    Branch {
        code: "ZJ",
        name: "浙江分公司",
        name_en: "Zhejiang branch",
        weight: 2.0,
        clerks: [3, 3, 3, 2],
        offices: &[
            ("ZJ01", "杭州中心支公司", "Hangzhou sub-branch", SubBranch, "ZJ"),
            ("ZJ02", "宁波中心支公司", "Ningbo sub-branch", SubBranch, "ZJ"),
        ],
    },
    Branch {
        code: "BJ",
        name: "北京分公司",
        name_en: "Beijing branch",
        weight: 1.6,
        clerks: [2, 3, 2, 2],
        offices: &[
            ("BJ01", "朝阳支公司", "Chaoyang office", Local, "BJ"),
            ("BJ02", "海淀支公司", "Haidian office", Local, "BJ"),
        ],
    },
    Branch {
        code: "SD",
        name: "山东分公司",
        name_en: "Shandong branch",
        weight: 1.6,
        clerks: [2, 3, 2, 2],
        offices: &[
            ("SD01", "济南中心支公司", "Jinan sub-branch", SubBranch, "SD"),
            ("SD02", "青岛中心支公司", "Qingdao sub-branch", SubBranch, "SD"),
        ],
    },
    Branch {
        code: "SC",
        name: "四川分公司",
        name_en: "Sichuan branch",
        weight: 1.3,
        clerks: [2, 2, 2, 1],
        offices: &[
            ("SC01", "成都中心支公司", "Chengdu sub-branch", SubBranch, "SC"),
            ("SC02", "绵阳中心支公司", "Mianyang sub-branch", SubBranch, "SC"),
        ],
    },
    Branch {
        code: "HB",
        name: "湖北分公司",
        name_en: "Hubei branch",
        weight: 1.1,
        clerks: [2, 2, 2, 1],
        offices: &[
            ("HB01", "武汉中心支公司", "Wuhan sub-branch", SubBranch, "HB"),
            ("HB02", "宜昌中心支公司", "Yichang sub-branch", SubBranch, "HB"),
        ],
    },
];

impl Branch {
    /// Units that take applications in: the branch's own counter and its offices, the branch first.
    pub(super) fn counters(&self) -> impl Iterator<Item = UnitId> {
        std::iter::once(self.code).chain(self.offices.iter().map(|office| office.0)).map(UnitId::from)
    }
}

/// The tree of units, every unit behind the one above it.
pub(super) fn units() -> Vec<Unit> {
    let unit = |code: &str, name: &str, name_en: &str, level, parent: Option<&str>| Unit {
        id: code.into(),
        name: name.to_owned(),
        name_en: name_en.to_owned(),
        level,
        parent: parent.map(UnitId::from),
    };
    let mut units = vec![unit(HEAD, "总公司", "Head office", UnitLevel::Head, None)];
    for branch in &BRANCHES {
        units.push(unit(branch.code, branch.name, branch.name_en, UnitLevel::Branch, Some(HEAD)));
        units.extend(
            branch
                .offices
                .iter()
                .map(|(code, name, en, level, above)| unit(code, name, en, *level, Some(above))),
        );
    }
    units
}

/// Which unit works a stage for an office: papers are taken in where the customer comes, and worked at the branch.
pub(super) fn sites() -> Vec<(UnitId, Stage, UnitId)> {
    let worked = Stage::ALL.into_iter().filter(|stage| *stage != Stage::Intake);
    BRANCHES
        .iter()
        .flat_map(|branch| branch.counters().skip(1).map(|office| (office, UnitId::from(branch.code))))
        .flat_map(|(office, branch)| worked.clone().map(move |stage| (office.clone(), stage, branch.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::unit::UnitTree;

    #[test]
    fn every_unit_hangs_below_the_head_office() {
        let units = units();
        let tree = UnitTree::new(units.clone());
        assert!(
            units.iter().all(|unit| tree.upwards(&unit.id).last().is_some_and(|top| top.id.as_str() == HEAD))
        );
        let placed = |at: usize, parent: &UnitId| units[..at].iter().any(|unit| unit.id == *parent);
        assert!(
            units
                .iter()
                .enumerate()
                .all(|(at, unit)| unit.parent.as_ref().is_none_or(|parent| placed(at, parent)))
        );
    }

    #[test]
    fn offices_are_worked_for_by_their_branch() {
        let sites = sites();
        assert!(
            sites
                .iter()
                .all(|(office, _, branch)| office != branch && office.as_str().starts_with(branch.as_str()))
        );
        assert!(sites.iter().all(|(_, stage, _)| *stage != Stage::Intake));
        assert_eq!(sites.len(), 21 * 5);
    }
}

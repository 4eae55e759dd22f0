//! The tables in `docs/API.md` are those of the program.

use domain::api::Slug;
use server::auth::permit::{Access, TABLE};
use server::error::title;

const DOCUMENT: &str = include_str!("../../../docs/API.md");

fn between(name: &str) -> &'static str {
    let (_, rest) = DOCUMENT.split_once(&format!("<!-- {name}:")).expect("the table is marked");
    let (_, rest) = rest.split_once("-->\n").expect("the mark ends");
    rest.split_once(&format!("<!-- /{name} -->")).expect("the table ends").0
}

#[test]
fn every_problem_is_listed() {
    let rows =
        Slug::ALL.map(|slug| format!("| `{}` | {} | {} |\n", slug.as_str(), slug.status(), title(slug)));
    let table = format!("| slug | status | title |\n|---|---|---|\n{}", rows.concat());
    assert_eq!(between("problems"), table, "docs/API.md should hold:\n{table}");
}

#[test]
fn every_endpoint_is_listed_with_its_roles() {
    let who = |access: &Access| match access {
        Access::Everyone => "everyone".to_owned(),
        Access::SignedIn => "whoever is signed in".to_owned(),
        Access::Roles(roles) => {
            roles.iter().map(|role| role.as_str().replace('_', " ")).collect::<Vec<_>>().join(", ")
        }
    };
    let rows: Vec<String> = TABLE
        .iter()
        .map(|(method, path, access)| format!("| `{method} {path}` | {} |\n", who(access)))
        .collect();
    let table = format!("| endpoint | who |\n|---|---|\n{}", rows.concat());
    assert_eq!(between("endpoints"), table, "docs/API.md should hold:\n{table}");
}

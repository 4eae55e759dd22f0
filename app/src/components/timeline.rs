//! What happened to a case, newest first; the line is solid while worked, dashed while waiting, the bob is now.

use leptos::prelude::*;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentKind {
    /// Where the case is now.
    Now,
    /// A step that was worked.
    Worked,
    /// A wait.
    Waited,
}

/// One entry: who, what, when, why, and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// What it is.
    pub kind: MomentKind,
    /// Who and what: 复核岗 陈思远 领取.
    pub what: String,
    /// When and why: 今日 14:05.
    pub when: String,
    /// The same instant for machines, RFC 3339.
    pub instant: String,
    /// How long: 在岗 2:22, 等待 9:10.
    pub duration: String,
}

/// The entries of a case.
#[component]
pub fn Timeline(
    /// Newest first.
    #[prop(into)]
    moments: Signal<Vec<Moment>>,
    /// What it is, for readers.
    #[prop(into)]
    label: TextProp,
) -> impl IntoView {
    let one = |moment: Moment| {
        let kind = match moment.kind {
            MomentKind::Now => Some("now"),
            MomentKind::Worked => None,
            MomentKind::Waited => Some("wait"),
        };
        view! {
            <li data-k=kind>
                <span class="du">{moment.duration}</span>
                {moment.what}
                <br/>
                <time datetime=moment.instant>{moment.when}</time>
            </li>
        }
    };
    view! {
        <ol class="tl" aria-label=move || label.get()>
            {move || moments.get().into_iter().map(one).collect_view()}
        </ol>
    }
}

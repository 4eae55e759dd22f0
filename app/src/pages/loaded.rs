//! What stands where a page's data is: lines while it loads, why it did not come, or the data; what was there stays
//! when newer data does not come.

use crate::api::Failure;
use crate::components::{Banner, Button, ButtonSize, Empty, Failed, IconName, Skeleton, State};
use crate::follow::follow;
use crate::format::second_time;
use crate::i18n::failure::word_failure;
use crate::i18n::wording::Wording;
use crate::i18n::{Locale, use_locale, use_messages};
use crate::query::Query;
use crate::state::clock::{Clock, use_clock};
use domain::time::Timestamp;
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Loading,
    Failed,
    Missing,
    Here,
}

/// The data of a read. `children` is made once the data is there and lives until another address is asked for; what
/// it is given follows the data.
#[component]
pub fn Loaded<T, V>(
    /// The read.
    query: Query<T>,
    /// The time of its data, for what is said when newer data does not come.
    at: fn(&T) -> Timestamp,
    /// Lines shown while it loads.
    #[prop(default = 10)]
    lines: u32,
    /// Words where there is no such thing.
    #[prop(optional, into)]
    missing: Option<TextProp>,
    /// What to do then.
    #[prop(optional, into)]
    missing_hint: Option<TextProp>,
    /// What shows the data.
    children: impl Fn(Signal<Arc<T>>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let t = use_messages();
    let has = query.map(|_| ());
    let may_miss = missing.is_some();
    let stand = Memo::new(move |_| {
        if has.get().is_some() {
            return Stand::Here;
        }
        match query.failure() {
            None => Stand::Loading,
            Some(failure) if may_miss && failure.status().0 == 404 => Stand::Missing,
            Some(_) => Stand::Failed,
        }
    });
    let missing_hint = StoredValue::new(missing_hint);
    let missing_words = StoredValue::new(missing);
    let retry = Callback::new(move |()| query.refetch());
    view! {
        {move || match stand.get() {
            Stand::Loading => view! { <div class="scroll"><Skeleton lines=lines/></div> }.into_any(),
            Stand::Missing => {
                let title = missing_words.get_value();
                let hint = missing_hint.get_value();
                view! {
                    <Empty
                        title=move || title.as_ref().map(|title| title.get().to_string()).unwrap_or_default()
                        hint=move || hint.as_ref().map(|hint| hint.get().to_string()).unwrap_or_default()
                    />
                }
                .into_any()
            }
            Stand::Failed => {
                let why = use_why();
                view! {
                    <Failed
                        hint=move || query.failure().map(|failure| why.run(failure)).unwrap_or_default()
                        on_retry=retry
                        busy=Signal::derive(move || query.loading())
                    />
                }
                .into_any()
            }
            Stand::Here => {
                // What is shown outlives the moment in which the read forgets its data for another address.
                let Some(first) = query.now() else { return ().into_any() };
                let data = RwSignal::new(first);
                follow(move || {
                    if let Some(newer) = query.get() {
                        data.set(newer);
                    }
                });
                view! {
                    {move || {
                        query
                            .failure()
                            .map(|_| {
                                let time = data.with(|data| second_time(at(data)));
                                view! {
                                    <Banner
                                        state=State::Soon
                                        icon=IconName::Warning
                                        text=move || (t.get().state.stale)(&time)
                                    >
                                        <Button size=ButtonSize::Small on_press=retry>
                                            {move || t.get().common.retry}
                                        </Button>
                                    </Banner>
                                }
                            })
                    }}
                    {children(data.into())}
                }
                .into_any()
            }
        }}
    }
}

/// Words for a failure where no case is at hand. It holds nothing of the page that asked: an answer may come after the
/// page was left.
#[derive(Debug, Clone, Copy)]
pub struct Why {
    locale: Signal<Locale>,
    clock: Clock,
}

impl Why {
    /// The failure in words; the language is followed.
    pub fn run(self, failure: Failure) -> String {
        let names = BTreeMap::new();
        let wording = Wording { locale: self.locale.get(), names: &names, catalogue: None };
        word_failure(&failure, &wording, None, self.clock.exact())
    }
}

/// Words for a failure where no case is at hand.
pub fn use_why() -> Why {
    Why { locale: use_locale(), clock: use_clock() }
}

//! What the product says, in every language it speaks.
//!
//! Messages are plain structs of texts and functions, one per part of the product, written with [`messages!`](crate::messages):
//! every line holds both languages, so that a text missing in one of them does not compile. A page writes its
//! own struct in a file of its own below this module and asks for it with [`use_text`]; being reached from that
//! page alone, it is loaded with it.
//!
//! Nothing is put together from fragments: a text with a number or a name in it is a function of them, and each
//! language words its plurals and order itself.

#[macro_use]
mod macros;

pub mod account;
pub mod admission;
pub mod approvals;
pub mod audit;
pub mod backlog;
pub mod banner;
pub mod case;
pub mod case_page;
pub mod chart;
pub mod checks;
pub mod clock;
pub mod common;
pub mod event;
pub mod failure;
pub mod fault;
pub mod field;
pub mod forms;
pub mod intake;
pub mod keys;
pub mod palette;
pub mod post;
pub mod problem;
pub mod quality;
pub mod queue;
pub mod queue_page;
pub mod rate;
pub mod refusal;
pub mod shell;
pub mod sign_in;
pub mod slips;
pub mod state;
pub mod table;
pub mod terms;
pub mod value;
pub mod wording;

use leptos::prelude::*;
use std::marker::PhantomData;

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    ZhHans,
    /// English.
    En,
}

impl Locale {
    /// Every language, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::ZhHans, Self::En];

    /// The language tag, for `<html lang>` and the browser's collation.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHans => "zh-Hans",
            Self::En => "en",
        }
    }

    /// What the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::ZhHans => "简体中文",
            Self::En => "English",
        }
    }

    /// The best language for a tag a browser or a profile gives, such as `zh-CN` or `en-GB`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "zh" => Some(Self::ZhHans),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// A struct of messages that exists in every language; implemented by [`messages!`](crate::messages).
pub trait Localised: Sized + 'static {
    /// The texts in that language.
    fn in_locale(locale: Locale) -> &'static Self;
}

/// The texts that more than one page needs. Those the first download shows are at hand; the others are asked for, so
/// that they are loaded with who asks.
#[derive(Debug, Clone, Copy)]
pub struct Messages {
    locale: Locale,
    /// Verbs and small words.
    pub common: &'static common::Common,
    /// Navigation and top bar.
    pub shell: &'static shell::Shell,
    /// The states of time.
    pub clock: &'static clock::Clock,
    /// Empty, loading, failed.
    pub state: &'static state::States,
    /// Offline, late, session about to end.
    pub banner: &'static banner::Banners,
    /// Refused requests.
    pub problem: &'static problem::Problems,
    /// Tables and lists.
    pub table: &'static table::Tables,
    /// Posts, stages and queues.
    pub post: &'static post::Posts,
    /// The words of a queue.
    pub queue: &'static queue::QueueWords,
}

impl Messages {
    const fn of(locale: Locale) -> Self {
        match locale {
            Locale::ZhHans => Self {
                locale,
                common: &common::Common::ZH,
                shell: &shell::Shell::ZH,
                clock: &clock::Clock::ZH,
                state: &state::States::ZH,
                banner: &banner::Banners::ZH,
                problem: &problem::Problems::ZH,
                table: &table::Tables::ZH,
                post: &post::Posts::ZH,
                queue: &queue::QueueWords::ZH,
            },
            Locale::En => Self {
                locale,
                common: &common::Common::EN,
                shell: &shell::Shell::EN,
                clock: &clock::Clock::EN,
                state: &state::States::EN,
                banner: &banner::Banners::EN,
                problem: &problem::Problems::EN,
                table: &table::Tables::EN,
                post: &post::Posts::EN,
                queue: &queue::QueueWords::EN,
            },
        }
    }
}

impl Messages {
    /// Rules of fields.
    pub fn field(&self) -> &'static field::Fields {
        Localised::in_locale(self.locale)
    }

    /// Charts.
    pub fn chart(&self) -> &'static chart::Charts {
        Localised::in_locale(self.locale)
    }

    /// Keyboard help.
    pub fn keys(&self) -> &'static keys::Keys {
        Localised::in_locale(self.locale)
    }

    /// The command palette.
    pub fn palette(&self) -> &'static palette::Palette {
        Localised::in_locale(self.locale)
    }

    /// The words of a case.
    pub fn case(&self) -> &'static case::CaseWords {
        Localised::in_locale(self.locale)
    }
}

impl Localised for Messages {
    fn in_locale(locale: Locale) -> &'static Self {
        static ZH: Messages = Messages::of(Locale::ZhHans);
        static EN: Messages = Messages::of(Locale::En);
        match locale {
            Locale::ZhHans => &ZH,
            Locale::En => &EN,
        }
    }
}

/// A way to the texts of one struct in the language of the moment. Reading it in a view follows the language.
#[derive(Debug)]
pub struct Text<T: 'static>(Signal<Locale>, PhantomData<fn() -> T>);

impl<T> Clone for Text<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Text<T> {}

impl<T: Localised> Text<T> {
    /// The texts; the reader is run again when the language changes.
    pub fn get(self) -> &'static T {
        T::in_locale(self.0.get())
    }

    /// The texts now, for what is said once (a toast, an announcement).
    pub fn now(self) -> &'static T {
        T::in_locale(self.0.get_untracked())
    }

    /// The language; followed like [`get`](Self::get).
    pub fn locale(self) -> Locale {
        self.0.get()
    }

    /// The language now.
    pub fn locale_now(self) -> Locale {
        self.0.get_untracked()
    }
}

#[derive(Clone, Copy)]
struct LocaleContext(Signal<Locale>);

/// Sets the language of everything below the calling owner.
pub fn provide_locale(locale: Signal<Locale>) {
    provide_context(LocaleContext(locale));
}

/// The language of the calling owner; Simplified Chinese where none was provided.
pub fn use_locale() -> Signal<Locale> {
    use_context::<LocaleContext>().map_or_else(|| Signal::stored(Locale::default()), |context| context.0)
}

/// The texts of one struct in the language of the calling owner.
pub fn use_text<T: Localised>() -> Text<T> {
    Text(use_locale(), PhantomData)
}

/// The texts every page shares.
pub fn use_messages() -> Text<Messages> {
    use_text()
}

#[cfg(test)]
mod tests;

//! The person's settings of this browser: language, theme, density, single-letter keys.

use super::storage;
use crate::follow::follow;
use crate::i18n::Locale;
use leptos::prelude::*;

/// Light, dark, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// As stored and as `data-theme` has it.
    const fn name(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    fn of(name: Option<&str>) -> Self {
        match name {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }
}

/// The settings.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Language.
    pub locale: RwSignal<Locale>,
    /// Theme.
    pub theme: RwSignal<Theme>,
    /// Rows of 32 instead of 36 pixels.
    pub compact: RwSignal<bool>,
    /// Single letters act (WCAG 2.1.4).
    pub single_letters: RwSignal<bool>,
}

impl Settings {
    /// Reads what was kept and keeps what changes, for the life of the calling owner.
    pub fn start() -> Self {
        let browser = web_sys::window().and_then(|window| window.navigator().language());
        let locale =
            storage::read("locale").or(browser).and_then(|tag| Locale::of_tag(&tag)).unwrap_or_default();
        let settings = Self {
            locale: RwSignal::new(locale),
            theme: RwSignal::new(Theme::of(storage::read("theme").as_deref())),
            compact: RwSignal::new(storage::read("density").as_deref() == Some("compact")),
            single_letters: RwSignal::new(storage::read("letters").as_deref() != Some("off")),
        };
        follow(move || {
            let locale = settings.locale.get();
            if let Some(page) = document().document_element() {
                set_attribute(&page, "lang", Some(locale.tag()));
            }
        });
        follow(move || {
            let theme = settings.theme.get().name();
            if let Some(page) = document().document_element() {
                set_attribute(&page, "data-theme", theme);
            }
        });
        follow(move || {
            let compact = settings.compact.get().then_some("compact");
            if let Some(page) = document().document_element() {
                set_attribute(&page, "data-density", compact);
            }
        });
        settings
    }

    /// Chooses the language and keeps the choice.
    pub fn speak(self, locale: Locale) {
        storage::write("locale", Some(locale.tag()));
        self.locale.set(locale);
    }

    /// Chooses the theme and keeps the choice.
    pub fn wear(self, theme: Theme) {
        storage::write("theme", theme.name());
        self.theme.set(theme);
    }

    /// Chooses the density and keeps the choice.
    pub fn pack(self, compact: bool) {
        storage::write("density", compact.then_some("compact"));
        self.compact.set(compact);
    }

    /// Switches single letters and keeps the choice.
    pub fn letters(self, on: bool) {
        storage::write("letters", (!on).then_some("off"));
        self.single_letters.set(on);
    }

    /// Whether what is seen now is dark; followed.
    pub fn is_dark(self) -> bool {
        match self.theme.get() {
            Theme::Light => false,
            Theme::Dark => true,
            Theme::System => web_sys::window()
                .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten())
                .is_some_and(|query| query.matches()),
        }
    }
}

fn set_attribute(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // Both fail only for names that are none.
    let _set = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The settings of the calling owner.
pub fn use_settings() -> Settings {
    expect_context::<Settings>()
}

//! Icons: one sprite, drawn by reference.

use leptos::prelude::*;
use std::sync::OnceLock;

/// A drawing of the sprite `public/icons.svg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IconName {
    /// The plumb line of the product.
    Mark,
    /// A queue of cases.
    Queue,
    /// What came in.
    Inbox,
    /// One person.
    User,
    /// Several people.
    Users,
    /// Letters, inquiries.
    Mail,
    /// Hand-over.
    HandOver,
    /// Printing.
    Print,
    /// Sample checks.
    Sample,
    /// Findings.
    Flag,
    /// Corrective actions.
    Fix,
    /// The backlog dashboard.
    Board,
    /// The quality dashboard.
    Quality,
    /// Day close.
    Balance,
    /// Reports.
    Report,
    /// Procedures.
    Book,
    /// Grants.
    Key,
    /// Settings.
    Gear,
    /// Search.
    Search,
    /// Opens downwards.
    Down,
    /// Onwards.
    Right,
    /// Back.
    Left,
    /// Adds.
    Plus,
    /// Closes or removes.
    Cross,
    /// Done, agreed.
    Check,
    /// More.
    Dots,
    /// Filter.
    Filter,
    /// Columns of a table.
    Columns,
    /// Density of a table.
    Rows,
    /// Notices.
    Bell,
    /// To the dark theme.
    Moon,
    /// Get next.
    Next,
    /// Claim.
    Claim,
    /// Export.
    Export,
    /// Assign.
    Assign,
    /// Hold.
    Pause,
    /// Return.
    Return,
    /// Reveal.
    Eye,
    /// Attachments.
    Clip,
    /// Seals.
    Seal,
    /// A document or case.
    Document,
    /// A date.
    Calendar,
    /// Updates, try again.
    Refresh,
    /// Something is wrong.
    Warning,
    /// A remark.
    Info,
    /// No connection.
    Offline,
    /// A saved view.
    Star,
    /// Fast.
    Bolt,
    /// A unit.
    Branch,
    /// Copy.
    Copy,
    /// Time.
    Clock,
    /// Not allowed, sealed.
    Lock,
    /// Upwards, ascending.
    Up,
    /// Sign out, leave.
    Out,
    /// Send.
    Send,
    /// Timeliness.
    Scale,
    /// Bar codes.
    Scan,
    /// To the light theme.
    Sun,
    /// As a table.
    Table,
    /// Keys.
    Keyboard,
    /// Undo.
    Undo,
    /// Language.
    Globe,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// In time: hollow circle.
    StateOk,
    /// Due soon: half-filled circle.
    StateSoon,
    /// Overdue: filled diamond.
    StateOver,
    /// Paused: two bars.
    StateWait,
    /// Came back: bent arrow.
    StateBack,
    /// Done: tick.
    StateDone,
    /// Does not conform.
    StateCross,
    /// Not applicable.
    StateNone,
}

impl IconName {
    /// Every icon, in the order of the sprite.
    pub const ALL: [Self; 72] = [
        Self::Mark,
        Self::Queue,
        Self::Inbox,
        Self::User,
        Self::Users,
        Self::Mail,
        Self::HandOver,
        Self::Print,
        Self::Sample,
        Self::Flag,
        Self::Fix,
        Self::Board,
        Self::Quality,
        Self::Balance,
        Self::Report,
        Self::Book,
        Self::Key,
        Self::Gear,
        Self::Search,
        Self::Down,
        Self::Right,
        Self::Left,
        Self::Plus,
        Self::Cross,
        Self::Check,
        Self::Dots,
        Self::Filter,
        Self::Columns,
        Self::Rows,
        Self::Bell,
        Self::Moon,
        Self::Next,
        Self::Claim,
        Self::Export,
        Self::Assign,
        Self::Pause,
        Self::Return,
        Self::Eye,
        Self::Clip,
        Self::Seal,
        Self::Document,
        Self::Calendar,
        Self::Refresh,
        Self::Warning,
        Self::Info,
        Self::Offline,
        Self::Star,
        Self::Bolt,
        Self::Branch,
        Self::Copy,
        Self::Clock,
        Self::Lock,
        Self::Up,
        Self::Out,
        Self::Send,
        Self::Scale,
        Self::Scan,
        Self::Sun,
        Self::Table,
        Self::Keyboard,
        Self::Undo,
        Self::Globe,
        Self::First,
        Self::Last,
        Self::StateOk,
        Self::StateSoon,
        Self::StateOver,
        Self::StateWait,
        Self::StateBack,
        Self::StateDone,
        Self::StateCross,
        Self::StateNone,
    ];

    /// Its id in the sprite.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Mark => "mark",
            Self::Queue => "queue",
            Self::Inbox => "inbox",
            Self::User => "user",
            Self::Users => "users",
            Self::Mail => "mail",
            Self::HandOver => "handover",
            Self::Print => "print",
            Self::Sample => "sample",
            Self::Flag => "flag",
            Self::Fix => "fix",
            Self::Board => "board",
            Self::Quality => "quality",
            Self::Balance => "balance",
            Self::Report => "report",
            Self::Book => "book",
            Self::Key => "key",
            Self::Gear => "gear",
            Self::Search => "search",
            Self::Down => "down",
            Self::Right => "right",
            Self::Left => "left",
            Self::Plus => "plus",
            Self::Cross => "x",
            Self::Check => "check",
            Self::Dots => "dots",
            Self::Filter => "filter",
            Self::Columns => "cols",
            Self::Rows => "rows",
            Self::Bell => "bell",
            Self::Moon => "moon",
            Self::Next => "next",
            Self::Claim => "claim",
            Self::Export => "export",
            Self::Assign => "assign",
            Self::Pause => "pause",
            Self::Return => "return",
            Self::Eye => "eye",
            Self::Clip => "clip",
            Self::Seal => "seal",
            Self::Document => "doc",
            Self::Calendar => "cal",
            Self::Refresh => "refresh",
            Self::Warning => "warn",
            Self::Info => "info",
            Self::Offline => "off",
            Self::Star => "star",
            Self::Bolt => "bolt",
            Self::Branch => "branch",
            Self::Copy => "copy",
            Self::Clock => "clock",
            Self::Lock => "lock",
            Self::Up => "up",
            Self::Out => "out",
            Self::Send => "send",
            Self::Scale => "scale",
            Self::Scan => "scan",
            Self::Sun => "sun",
            Self::Table => "table",
            Self::Keyboard => "keyboard",
            Self::Undo => "undo",
            Self::Globe => "globe",
            Self::First => "first",
            Self::Last => "last",
            Self::StateOk => "s-ok",
            Self::StateSoon => "s-soon",
            Self::StateOver => "s-over",
            Self::StateWait => "s-wait",
            Self::StateBack => "s-back",
            Self::StateDone => "s-done",
            Self::StateCross => "s-x",
            Self::StateNone => "s-na",
        }
    }

    /// Marks of state are drawn on a grid of twelve, everything else on one of twenty.
    const fn is_small(self) -> bool {
        matches!(
            self,
            Self::StateOk
                | Self::StateSoon
                | Self::StateOver
                | Self::StateWait
                | Self::StateBack
                | Self::StateDone
                | Self::StateCross
                | Self::StateNone
        )
    }
}

/// Size of an icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IconSize {
    /// 16 pixels; marks of state 12.
    #[default]
    Normal,
    /// 12 pixels.
    Small,
    /// 20 pixels.
    Large,
}

/// An icon. It is decoration: the words beside it, or the label of its button, say what it means.
#[component]
pub fn Icon(
    /// Which one.
    name: IconName,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> impl IntoView {
    let class = match size {
        IconSize::Large => "i i-20",
        IconSize::Small => "i i-12",
        IconSize::Normal if name.is_small() => "i i-12",
        IconSize::Normal => "i",
    };
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=address(name)></use_>
        </svg>
    }
}

/// The address of a file of this build: the page names the folder of its assets in `<html data-assets>`.
pub fn asset(name: &str) -> String {
    let folder = document().document_element().and_then(|root| root.get_attribute("data-assets"));
    format!("{}/{name}", folder.unwrap_or_default())
}

fn address(name: IconName) -> String {
    static SPRITE: OnceLock<String> = OnceLock::new();
    let sprite = SPRITE.get_or_init(|| asset("icons.svg"));
    format!("{sprite}#{}", name.id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sprite_holds_every_icon_and_no_other() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/icons.svg");
        let sprite = std::fs::read_to_string(path).expect("the sprite is part of the repository");
        let drawn: Vec<&str> =
            sprite.split("<symbol id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(drawn, IconName::ALL.map(IconName::id));
    }
}

//! What can be asked for by key, and which key asks for it.

/// Where `G` followed by a letter leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The post's queue: `G Q`.
    Queue,
    /// Sample checks: `G C`.
    Checks,
    /// The backlog dashboard: `G B`.
    Backlog,
    /// The quality dashboard: `G L`.
    Quality,
    /// The day close: `G D`.
    DayClose,
}

/// One of the three answers to a check point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Verdict {
    /// 合格, key `1`.
    Conforms,
    /// 不合格, key `2`.
    DoesNot,
    /// 不适用, key `3`.
    NotApplicable,
}

/// Something a key asks for. What it means is the page's to say; a page without a meaning for it ignores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shortcut {
    /// Next row or case.
    Next,
    /// Previous row or case.
    Previous,
    /// Open what is under the cursor.
    Open,
    /// Back, close, clear the selection.
    Back,
    /// Get the next case.
    GetNext,
    /// Claim.
    Claim,
    /// Put back into the pool.
    Unclaim,
    /// Select or unselect the row.
    Select,
    /// Extend the selection downwards.
    ExtendDown,
    /// Extend the selection upwards.
    ExtendUp,
    /// Assign to someone (lead).
    Assign,
    /// Go to the filter.
    Filter,
    /// Show the rows that wait behind 更新.
    ShowUpdates,
    /// Undo the last undoable act.
    Undo,
    /// The command palette.
    Palette,
    /// Go to a page.
    Go(Place),
    /// Pass or complete this step.
    Pass,
    /// Return to an earlier post.
    Return,
    /// Hold or resume.
    Hold,
    /// Inquiry at Entry and Servicing; the original image at Recheck.
    Inquiry,
    /// Answer the check point under the cursor.
    Judge(Verdict),
    /// Add a note.
    Note,
    /// The hand-over slip.
    Slip,
    /// Saved views.
    Views,
    /// The pane before this one.
    PreviousPane,
    /// The pane after this one.
    NextPane,
    /// All keys.
    Help,
    /// Submit and go on.
    Submit,
    /// Save the draft now.
    SaveDraft,
}

impl Shortcut {
    /// Every shortcut, in the order of the help page.
    pub const ALL: [Self; 35] = [
        Self::Next,
        Self::Previous,
        Self::Open,
        Self::Back,
        Self::GetNext,
        Self::Claim,
        Self::Unclaim,
        Self::Select,
        Self::ExtendDown,
        Self::ExtendUp,
        Self::Assign,
        Self::Filter,
        Self::ShowUpdates,
        Self::Undo,
        Self::Palette,
        Self::Go(Place::Queue),
        Self::Go(Place::Checks),
        Self::Go(Place::Backlog),
        Self::Go(Place::Quality),
        Self::Go(Place::DayClose),
        Self::Pass,
        Self::Return,
        Self::Hold,
        Self::Inquiry,
        Self::Judge(Verdict::Conforms),
        Self::Judge(Verdict::DoesNot),
        Self::Judge(Verdict::NotApplicable),
        Self::Note,
        Self::Slip,
        Self::Views,
        Self::PreviousPane,
        Self::NextPane,
        Self::Help,
        Self::Submit,
        Self::SaveDraft,
    ];

    /// Whether a key held down asks for it again and again: what only moves, never what acts.
    pub const fn repeats(self) -> bool {
        matches!(self, Self::Next | Self::Previous | Self::ExtendDown | Self::ExtendUp)
    }

    /// The key caps drawn on buttons and in the help page.
    pub fn caps(self) -> &'static [&'static str] {
        match self {
            Self::Next => &["J"],
            Self::Previous => &["K"],
            Self::Open => &["Enter"],
            Self::Back => &["Esc"],
            Self::GetNext => &["N"],
            Self::Claim => &["C"],
            Self::Unclaim => &["⇧C"],
            Self::Select => &["X"],
            Self::ExtendDown => &["⇧↓"],
            Self::ExtendUp => &["⇧↑"],
            Self::Assign => &["T"],
            Self::Filter => &["/"],
            Self::ShowUpdates => &["U"],
            Self::Undo => &["Z"],
            Self::Palette => &["Ctrl", "K"],
            Self::Go(Place::Queue) => &["G", "Q"],
            Self::Go(Place::Checks) => &["G", "C"],
            Self::Go(Place::Backlog) => &["G", "B"],
            Self::Go(Place::Quality) => &["G", "L"],
            Self::Go(Place::DayClose) => &["G", "D"],
            Self::Pass => &["P"],
            Self::Return => &["R"],
            Self::Hold => &["H"],
            Self::Inquiry => &["I"],
            Self::Judge(Verdict::Conforms) => &["1"],
            Self::Judge(Verdict::DoesNot) => &["2"],
            Self::Judge(Verdict::NotApplicable) => &["3"],
            Self::Note => &["M"],
            Self::Slip => &["L"],
            Self::Views => &["V"],
            Self::PreviousPane => &["["],
            Self::NextPane => &["]"],
            Self::Help => &["?"],
            Self::Submit => &["Ctrl", "Enter"],
            Self::SaveDraft => &["Ctrl", "S"],
        }
    }

    /// The value of `aria-keyshortcuts`; a chord cannot be written there.
    pub fn aria(self) -> Option<&'static str> {
        match self {
            Self::Go(_) => None,
            Self::Back => Some("Escape"),
            Self::Unclaim => Some("Shift+C"),
            Self::ExtendDown => Some("Shift+ArrowDown"),
            Self::ExtendUp => Some("Shift+ArrowUp"),
            Self::Palette => Some("Control+K Meta+K"),
            Self::Submit => Some("Control+Enter Meta+Enter"),
            Self::SaveDraft => Some("Control+S Meta+S"),
            single => single.caps().first().copied(),
        }
    }

    /// Whether a single character asks for it, so that the person can turn it off (WCAG 2.1.4).
    pub fn is_single_letter(self) -> bool {
        !matches!(
            self,
            Self::Open
                | Self::Back
                | Self::ExtendDown
                | Self::ExtendUp
                | Self::Palette
                | Self::Submit
                | Self::SaveDraft
        )
    }

    /// The shortcut of a character typed on the page, lower case; `shift` as held.
    pub(super) fn of_character(key: char, shift: bool) -> Option<Self> {
        Some(match (key, shift) {
            ('j', false) => Self::Next,
            ('k', false) => Self::Previous,
            ('n', false) => Self::GetNext,
            ('c', false) => Self::Claim,
            ('c', true) => Self::Unclaim,
            ('x', false) => Self::Select,
            ('t', false) => Self::Assign,
            ('/', _) => Self::Filter,
            ('u', false) => Self::ShowUpdates,
            ('z', false) => Self::Undo,
            ('p', false) => Self::Pass,
            ('r', false) => Self::Return,
            ('h', false) => Self::Hold,
            ('i', false) => Self::Inquiry,
            ('1', false) => Self::Judge(Verdict::Conforms),
            ('2', false) => Self::Judge(Verdict::DoesNot),
            ('3', false) => Self::Judge(Verdict::NotApplicable),
            ('m', false) => Self::Note,
            ('l', false) => Self::Slip,
            ('v', false) => Self::Views,
            ('[', _) => Self::PreviousPane,
            (']', _) => Self::NextPane,
            ('?', _) => Self::Help,
            _ => return None,
        })
    }

    /// The shortcut of a letter typed after `G`.
    pub(super) fn of_chord(key: char) -> Option<Self> {
        Some(Self::Go(match key {
            'q' => Place::Queue,
            'c' => Place::Checks,
            'b' => Place::Backlog,
            'l' => Place::Quality,
            'd' => Place::DayClose,
            _ => return None,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_single_letter_on_a_cap_is_heard() {
        for shortcut in Shortcut::ALL.into_iter().filter(|s| s.is_single_letter()) {
            let heard = match shortcut.caps() {
                ["G", letter] => Shortcut::of_chord(letter.to_lowercase().chars().next().expect("a letter")),
                [cap] => {
                    let shift = cap.starts_with('⇧');
                    let key = cap.trim_start_matches('⇧').to_lowercase().chars().next().expect("a letter");
                    Shortcut::of_character(key, shift)
                }
                other => panic!("{shortcut:?} has caps {other:?}"),
            };
            assert_eq!(heard, Some(shortcut));
        }
    }

    #[test]
    fn no_two_shortcuts_share_their_caps() {
        for (i, a) in Shortcut::ALL.iter().enumerate() {
            assert!(Shortcut::ALL[i + 1..].iter().all(|b| a.caps() != b.caps()), "{a:?}");
        }
    }
}

//! From key strokes and their times to shortcuts and scans.
//!
//! A scanner is a keyboard that types very fast and ends with Enter, and so is a reader of identity cards. What it types
//! where no field has focus, or in a field meant for bar codes, is a scan; in any other field it is what the person
//! wants there, and only its Enter is kept from the form around. Its first character must not act as a shortcut (a bar code may begin with `N`), so a letter is held back for [`BURST_GAP_MS`]: if another follows
//! within it, both belong to a burst; else the letter was meant. Thirty-five milliseconds are not felt.

use super::shortcut::Shortcut;

/// Longest pause between two characters of a scanner, in milliseconds.
pub const BURST_GAP_MS: f64 = 35.0;
/// Shortest bar code; shorter bursts are fingers that rolled over two keys.
pub const SHORTEST_SCAN: usize = 6;
/// How long `G` waits for its letter, in milliseconds.
pub const CHORD_MS: f64 = 1500.0;

/// Where a key stroke lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Nothing in particular has focus.
    Page,
    /// A button, link, tab: it has its own use for Enter and Space.
    Control,
    /// A text field: characters are its own, however fast they come.
    Field,
    /// A field meant for bar codes: characters are its own, and a scan is heard.
    ScanField,
    /// Anything inside an open dialog: the page behind it must not act.
    Dialog,
}

impl Focus {
    /// Whether characters go into a field.
    const fn types(self) -> bool {
        matches!(self, Self::Field | Self::ScanField | Self::Dialog)
    }
}

/// One key press, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Stroke<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// Control or, on a Mac, Command.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt or Option.
    pub alt: bool,
    /// The key is held down and repeats.
    pub repeat: bool,
    /// An input method is composing (`isComposing` or key code 229).
    pub composing: bool,
    /// Where it lands.
    pub focus: Focus,
    /// When, in milliseconds on any steady clock.
    pub at: f64,
}

/// What was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A shortcut.
    Shortcut(Shortcut),
    /// A bar code, without its final Enter.
    Scan(String),
}

/// The answer to one stroke.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reaction {
    /// What was understood, in order: a letter held back may be released by the next key.
    pub heard: Vec<Heard>,
    /// The browser must not act on the stroke.
    pub prevent: bool,
}

/// The state between strokes.
#[derive(Debug)]
pub struct Keyboard {
    single_letters: bool,
    burst: String,
    last: f64,
    held: Option<(Shortcut, f64)>,
    chord_since: Option<f64>,
}

impl Keyboard {
    /// A keyboard at rest; `single_letters` as the person has set it.
    pub fn new(single_letters: bool) -> Self {
        Self { single_letters, burst: String::new(), last: f64::NEG_INFINITY, held: None, chord_since: None }
    }

    /// Turns single letters on or off.
    pub fn set_single_letters(&mut self, on: bool) {
        self.single_letters = on;
        self.held = None;
        self.chord_since = None;
    }

    /// When a letter held back becomes a shortcut, if one is; [`settle`](Self::settle) is to be called then.
    pub fn deadline(&self) -> Option<f64> {
        self.held.map(|(_, at)| at + BURST_GAP_MS)
    }

    /// Releases the letter held back once its time has passed.
    pub fn settle(&mut self, now: f64) -> Option<Heard> {
        let (shortcut, at) = self.held?;
        if now - at < BURST_GAP_MS {
            return None;
        }
        self.held = None;
        Some(Heard::Shortcut(shortcut))
    }

    /// Takes in one stroke.
    pub fn press(&mut self, stroke: &Stroke<'_>) -> Reaction {
        if matches!(stroke.key, "Shift" | "Control" | "Alt" | "Meta" | "CapsLock") {
            // A scanner presses Shift for capitals: that does not interrupt a burst.
            return Reaction::default();
        }
        if stroke.composing {
            self.rest();
            return Reaction::default();
        }
        let mut characters = stroke.key.chars();
        match (characters.next(), characters.next()) {
            (Some(c), None) if !stroke.command && !stroke.alt => self.character(c, stroke),
            _ => self.named(stroke),
        }
    }

    fn character(&mut self, c: char, stroke: &Stroke<'_>) -> Reaction {
        let mut reaction = Reaction::default();
        let follows = stroke.at - self.last <= BURST_GAP_MS && !self.burst.is_empty() && !stroke.repeat;
        self.last = stroke.at;
        if follows {
            self.held = None;
            self.chord_since = None;
            self.burst.push(c);
            reaction.prevent = !stroke.focus.types();
            return reaction;
        }
        self.release(&mut reaction);
        self.burst.clear();
        self.burst.push(c);
        if stroke.focus.types() || !self.single_letters {
            return reaction;
        }
        if c == ' ' {
            return reaction;
        }
        let key = c.to_ascii_lowercase();
        let chord = self.chord_since.take().is_some_and(|since| stroke.at - since <= CHORD_MS);
        if chord {
            self.held = Shortcut::of_chord(key).map(|shortcut| (shortcut, stroke.at));
        } else if key == 'g' && !stroke.shift {
            self.chord_since = Some(stroke.at);
        } else if let Some(shortcut) = Shortcut::of_character(key, stroke.shift) {
            if stroke.repeat {
                // A key held down moves on; what it does it does once.
                if shortcut.repeats() {
                    reaction.heard.push(Heard::Shortcut(shortcut));
                }
            } else {
                self.held = Some((shortcut, stroke.at));
            }
            reaction.prevent = true;
        }
        reaction
    }

    fn named(&mut self, stroke: &Stroke<'_>) -> Reaction {
        let mut reaction = Reaction::default();
        let ends_burst = stroke.key == "Enter"
            && !stroke.command
            && stroke.focus != Focus::Dialog
            && self.burst.chars().count() >= SHORTEST_SCAN
            && stroke.at - self.last <= 2.0 * BURST_GAP_MS;
        if ends_burst {
            self.held = None;
            self.chord_since = None;
            let text = std::mem::take(&mut self.burst);
            if stroke.focus != Focus::Field {
                reaction.heard.push(Heard::Scan(text));
            }
            // A reader's Enter ends what it typed; it does not mean the form around is filled in.
            reaction.prevent = true;
            return reaction;
        }
        self.release(&mut reaction);
        self.burst.clear();
        self.chord_since = None;
        let free = stroke.focus == Focus::Page;
        let on_page = matches!(stroke.focus, Focus::Page | Focus::Control);
        let bare = !stroke.command && !stroke.alt;
        let shortcut = match (stroke.key, stroke.shift) {
            ("k" | "K", false) if stroke.command && stroke.focus != Focus::Dialog => Some(Shortcut::Palette),
            ("s" | "S", false) if stroke.command && stroke.focus != Focus::Dialog => {
                Some(Shortcut::SaveDraft)
            }
            ("Enter", false) if stroke.command => Some(Shortcut::Submit),
            ("Enter", false) if free && bare => Some(Shortcut::Open),
            ("Escape", _) if bare && stroke.focus != Focus::Dialog => Some(Shortcut::Back),
            ("ArrowDown", false) if on_page && bare => Some(Shortcut::Next),
            ("ArrowUp", false) if on_page && bare => Some(Shortcut::Previous),
            ("ArrowDown", true) if on_page && bare => Some(Shortcut::ExtendDown),
            ("ArrowUp", true) if on_page && bare => Some(Shortcut::ExtendUp),
            _ => None,
        };
        if let Some(shortcut) = shortcut {
            if shortcut.repeats() || !stroke.repeat {
                reaction.heard.push(Heard::Shortcut(shortcut));
            }
            // The arrows go on scrolling where no list takes them; the rest has a browser meaning that would interfere.
            reaction.prevent = stroke.command;
        }
        reaction
    }

    /// A letter held back was meant, since another key follows too late to be of the same burst.
    fn release(&mut self, reaction: &mut Reaction) {
        if let Some((shortcut, _)) = self.held.take() {
            reaction.heard.push(Heard::Shortcut(shortcut));
        }
    }

    fn rest(&mut self) {
        self.burst.clear();
        self.held = None;
        self.chord_since = None;
    }
}

#[cfg(test)]
#[path = "keyboard_tests.rs"]
mod tests;

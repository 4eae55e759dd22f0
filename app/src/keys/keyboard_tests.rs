use super::*;
use crate::keys::{Place, Shortcut, Verdict};

struct Typist {
    keyboard: Keyboard,
    now: f64,
    focus: Focus,
}

impl Typist {
    fn on(focus: Focus) -> Self {
        Self { keyboard: Keyboard::new(true), now: 1000.0, focus }
    }

    /// One key `gap` milliseconds after the last, with `modifiers` of `^` (command), `⇧`, `⌥`, `…` (repeat), `中` (composing).
    fn key(&mut self, gap: f64, modifiers: &str, key: &str) -> Reaction {
        self.now += gap;
        self.keyboard.press(&Stroke {
            key,
            command: modifiers.contains('^'),
            shift: modifiers.contains('⇧'),
            alt: modifiers.contains('⌥'),
            repeat: modifiers.contains('…'),
            composing: modifiers.contains('中'),
            focus: self.focus,
            at: self.now,
        })
    }

    /// A scanner: 8 ms between characters, Shift before capitals, Enter at the end.
    fn scan(&mut self, code: &str) -> Vec<Heard> {
        let mut heard = self.wait(200.0);
        for c in code.chars() {
            if c.is_uppercase() {
                heard.extend(self.key(1.0, "⇧", "Shift").heard);
            }
            heard.extend(self.key(8.0, if c.is_uppercase() { "⇧" } else { "" }, &c.to_string()).heard);
        }
        heard.extend(self.key(8.0, "", "Enter").heard);
        heard
    }

    fn wait(&mut self, milliseconds: f64) -> Vec<Heard> {
        self.now += milliseconds;
        self.keyboard.settle(self.now).into_iter().collect()
    }

    /// Types a letter and waits until it counts.
    fn letter(&mut self, modifiers: &str, key: &str) -> Vec<Heard> {
        let mut heard = self.key(200.0, modifiers, key).heard;
        heard.extend(self.wait(BURST_GAP_MS));
        heard
    }
}

fn shortcut(s: Shortcut) -> Vec<Heard> {
    vec![Heard::Shortcut(s)]
}

#[test]
fn a_letter_counts_once_no_burst_can_follow() {
    let mut typist = Typist::on(Focus::Page);
    assert!(typist.key(200.0, "", "n").heard.is_empty());
    assert_eq!(typist.keyboard.deadline(), Some(typist.now + BURST_GAP_MS));
    assert!(typist.wait(BURST_GAP_MS - 1.0).is_empty());
    assert_eq!(typist.wait(1.0), shortcut(Shortcut::GetNext));
    assert!(typist.wait(100.0).is_empty(), "only once");
}

#[test]
fn letters_are_read_with_caps_lock_and_shift() {
    let mut typist = Typist::on(Focus::Page);
    assert_eq!(typist.letter("", "C"), shortcut(Shortcut::Claim));
    assert_eq!(typist.letter("⇧", "C"), shortcut(Shortcut::Unclaim));
    assert_eq!(typist.letter("⇧", "?"), shortcut(Shortcut::Help));
    assert_eq!(typist.letter("", "2"), shortcut(Shortcut::Judge(Verdict::DoesNot)));
    assert!(typist.letter("⇧", "N").is_empty());
}

#[test]
fn a_held_key_repeats_without_waiting() {
    let mut typist = Typist::on(Focus::Page);
    assert_eq!(typist.letter("", "j"), shortcut(Shortcut::Next));
    for _ in 0..5 {
        assert_eq!(typist.key(30.0, "…", "j").heard, shortcut(Shortcut::Next));
    }
}

#[test]
fn a_held_key_does_once_what_it_does() {
    let mut typist = Typist::on(Focus::Page);
    assert_eq!(typist.letter("", "n"), shortcut(Shortcut::GetNext));
    for _ in 0..5 {
        assert!(typist.key(30.0, "…", "n").heard.is_empty());
    }
    assert_eq!(typist.key(500.0, "^", "Enter").heard, shortcut(Shortcut::Submit));
    assert!(typist.key(30.0, "^…", "Enter").heard.is_empty());
}

#[test]
fn a_second_key_releases_the_first() {
    let mut typist = Typist::on(Focus::Page);
    typist.key(200.0, "", "x");
    assert_eq!(
        typist.key(60.0, "", "ArrowDown").heard,
        [Heard::Shortcut(Shortcut::Select), Heard::Shortcut(Shortcut::Next)]
    );
}

#[test]
fn g_waits_for_its_letter() {
    let mut typist = Typist::on(Focus::Page);
    assert!(typist.letter("", "g").is_empty());
    assert_eq!(typist.letter("", "c"), shortcut(Shortcut::Go(Place::Checks)));
    assert_eq!(typist.letter("", "c"), shortcut(Shortcut::Claim));
    typist.letter("", "g");
    typist.wait(CHORD_MS);
    assert_eq!(typist.letter("", "c"), shortcut(Shortcut::Claim));
    typist.letter("", "g");
    assert!(typist.letter("", "n").is_empty(), "an unknown letter ends the chord and does nothing");
}

#[test]
fn fields_keep_their_letters_but_not_the_modified_keys() {
    let mut typist = Typist::on(Focus::Field);
    assert!(typist.letter("", "n").is_empty());
    assert!(!typist.key(200.0, "", "n").prevent);
    assert!(typist.key(200.0, "", "Enter").heard.is_empty());
    assert_eq!(typist.key(200.0, "^", "k").heard, shortcut(Shortcut::Palette));
    assert_eq!(typist.key(200.0, "^", "s").heard, shortcut(Shortcut::SaveDraft));
    let submit = typist.key(200.0, "^", "Enter");
    assert_eq!((submit.heard, submit.prevent), (shortcut(Shortcut::Submit), true));
    assert_eq!(typist.key(200.0, "", "Escape").heard, shortcut(Shortcut::Back));
}

#[test]
fn controls_keep_enter_and_dialogs_keep_everything() {
    let mut typist = Typist::on(Focus::Control);
    assert!(typist.key(200.0, "", "Enter").heard.is_empty());
    assert_eq!(typist.letter("", "p"), shortcut(Shortcut::Pass));
    let mut typist = Typist::on(Focus::Dialog);
    assert!(typist.letter("", "p").is_empty());
    assert!(typist.key(200.0, "", "Escape").heard.is_empty());
    assert!(typist.scan("SH-260318-0417").is_empty());
    assert_eq!(typist.key(200.0, "^", "Enter").heard, shortcut(Shortcut::Submit));
}

#[test]
fn nothing_acts_while_an_input_method_composes() {
    let mut typist = Typist::on(Focus::Page);
    assert!(typist.letter("中", "n").is_empty());
    assert!(typist.key(200.0, "中", "Enter").heard.is_empty());
    typist.key(200.0, "", "n");
    typist.key(10.0, "中", "Process");
    assert!(typist.wait(100.0).is_empty(), "a letter that began a composition was not a shortcut");
}

#[test]
fn single_letters_can_be_turned_off() {
    let mut typist = Typist::on(Focus::Page);
    typist.keyboard.set_single_letters(false);
    assert!(typist.letter("", "n").is_empty());
    assert!(typist.letter("", "g").is_empty());
    assert!(typist.letter("", "q").is_empty());
    assert_eq!(typist.key(200.0, "", "ArrowDown").heard, shortcut(Shortcut::Next));
    assert_eq!(typist.scan("SH-260318-0417"), [Heard::Scan("SH-260318-0417".into())]);
}

#[test]
fn a_scan_is_heard_on_the_page_and_no_letter_of_it_acts() {
    for code in ["NB-260318-0417K", "ZJ-260318-0001", "123123", "gqgqgq", "??/??/"] {
        let mut typist = Typist::on(Focus::Page);
        assert_eq!(typist.scan(code), [Heard::Scan(code.into())]);
        assert!(typist.wait(500.0).is_empty());
    }
}

#[test]
fn what_a_reader_types_into_a_field_is_that_fields() {
    let mut typist = Typist::on(Focus::Field);
    assert!(typist.scan("11010519491231002X").is_empty(), "no scan");
    assert!(typist.wait(500.0).is_empty());
    // Its characters go into the field; its Enter does not send the form.
    let mut typist = Typist::on(Focus::Field);
    for c in "6222021234567894".chars() {
        assert!(!typist.key(8.0, "", &c.to_string()).prevent);
    }
    assert!(typist.key(8.0, "", "Enter").prevent);
    assert!(!typist.key(200.0, "", "Enter").prevent, "an Enter of a hand does");
}

#[test]
fn a_scan_is_heard_in_a_field_meant_for_it() {
    let mut typist = Typist::on(Focus::ScanField);
    assert!(!typist.key(200.0, "⇧", "S").prevent && !typist.key(8.0, "⇧", "H").prevent);
    let mut typist = Typist::on(Focus::ScanField);
    assert_eq!(typist.scan("SH-260318-0417"), [Heard::Scan("SH-260318-0417".into())]);
}

#[test]
fn fast_typing_is_no_scan() {
    let mut typist = Typist::on(Focus::Field);
    for c in "0316-0417".chars() {
        assert!(typist.key(70.0, "", &c.to_string()).heard.is_empty());
    }
    assert!(typist.key(70.0, "", "Enter").heard.is_empty());
    let mut typist = Typist::on(Focus::Page);
    assert!(typist.scan("jk").iter().all(|h| matches!(h, Heard::Shortcut(Shortcut::Open))), "too short");
}

#[test]
fn a_scan_right_after_another_is_its_own() {
    let mut typist = Typist::on(Focus::Page);
    assert_eq!(typist.scan("SH-260318-0417"), [Heard::Scan("SH-260318-0417".into())]);
    assert_eq!(typist.scan("SH-260318-0418"), [Heard::Scan("SH-260318-0418".into())]);
}

//! The parts pages are made of.
//!
//! Components take values, signals and callbacks; they never fetch, never read the URL and never touch storage.
//! What a part looks like is its class in `style/`; its state is a `data-` or ARIA attribute. No `style` attribute is
//! written, only custom properties through the CSSOM, which the content-security policy allows.

pub mod avatar;
pub mod banner;
pub mod button;
pub mod calendar;
pub mod card;
pub mod chart;
pub mod check;
pub mod chip;
pub mod clock;
pub mod comparison;
pub mod dialog;
pub mod each;
pub mod entry;
pub mod field;
pub mod focus;
pub mod form;
pub mod grid;
pub mod hold;
pub mod icon;
pub mod id;
pub mod keycap;
pub mod mark;
pub mod measure;
pub mod menu;
pub mod palette;
pub mod pane;
pub mod place;
pub mod popover;
pub mod segmented;
pub mod state;
pub mod tabs;
pub mod timeline;
pub mod tip;
pub mod toast;
pub mod verdict;

pub use avatar::Avatar;
pub use banner::{Banner, Live, LiveState, Note};
pub use button::{Button, ButtonSize, ButtonVariant, LinkButton};
pub use calendar::{Calendar, DayMark};
pub use card::{Card, Strip, Tile};
pub use check::{Checkbox, Radio};
pub use chip::Chip;
pub use clock::{Clock, ClockState, Cycle, Spans, TimeSpan, Urgency};
pub use comparison::{Comparison, ComparisonRow, Difference};
pub use dialog::Dialog;
pub use each::Each;
pub use entry::{AmountInput, Choice, DateInput, Select, TextArea, TextInput};
pub use field::Field;
pub use form::{Form, focus_first_fault};
pub use grid::{Column, Grid, RowContext, Sort};
pub use hold::held_still;
pub use icon::{Icon, IconName, IconSize};
pub use keycap::Keys;
pub use mark::{Meter, State, Tag};
pub use menu::{Menu, MenuItem};
pub use palette::{Palette, PaletteEntry, PaletteGroup};
pub use pane::{Drawer, Pane, PaneSide};
pub use popover::Popover;
pub use segmented::Segmented;
pub use state::{Empty, Failed, Skeleton};
pub use tabs::{Tab, Tabs};
pub use timeline::{Moment, MomentKind, Timeline};
pub use tip::TipLayer;
pub use toast::{Toast, ToastStack, Toasts, provide_toasts, use_toasts};
pub use verdict::VerdictControl;

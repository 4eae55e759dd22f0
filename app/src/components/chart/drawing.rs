//! A drawing: SVG markup and the places a mark can stand.

use std::fmt::Write;

/// Where on a chart the arrows may stop, and what is said there.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
    /// What the figure says here, in words.
    pub label: String,
    /// Which element of the chart's data this is, for drilling down.
    pub index: usize,
}

/// How a text stands to its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Begins there.
    Start,
    /// Is centred there.
    Middle,
    /// Ends there.
    End,
}

/// What a chart draws. Sizes are pixels of the page: a drawing is made for the width of its card.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Width in pixels.
    pub width: f64,
    /// Height in pixels.
    pub height: f64,
    /// The children of the `<svg>`; every text in it is escaped.
    pub markup: String,
    /// Where the arrows may stop, from left to right or top to bottom.
    pub marks: Vec<Mark>,
}

impl Drawing {
    /// An empty drawing.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, markup: String::new(), marks: Vec::new() }
    }

    /// The value of `viewBox`.
    pub fn view_box(&self) -> String {
        format!("0 0 {} {}", px(self.width), px(self.height))
    }

    /// A path of any kind.
    pub fn path(&mut self, class: &str, d: &str) {
        self.push(format_args!("<path class=\"{class}\" d=\"{d}\"/>"));
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.path(class, &polyline(&[from, to]));
    }

    /// A rectangle; `radius` of its corners.
    pub fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64), radius: f64) {
        let (x, y, width, height) = (px(x), px(y), px(width.max(0.0)), px(height.max(0.0)));
        let round = if radius > 0.0 { format!(" rx=\"{}\"", px(radius)) } else { String::new() };
        self.push(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}/>"
        ));
    }

    /// Circles of one class as one element: a page has few elements even where a chart has many dots.
    pub fn dots(&mut self, class: &str, points: &[(f64, f64)], radius: f64) {
        let (r, d) = (px(radius), px(2.0 * radius));
        let path = points.iter().fold(String::new(), |path, (x, y)| {
            format!("{path}M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", px(x - radius), px(*y))
        });
        self.some_path(class, &path);
    }

    /// Diamonds of one class as one element: what is outside its limits.
    pub fn diamonds(&mut self, class: &str, points: &[(f64, f64)], radius: f64) {
        let r = px(radius);
        let path = points.iter().fold(String::new(), |path, (x, y)| {
            format!("{path}M{} {}l{r} {r} -{r} {r} -{r} -{r}z", px(*x), px(y - radius))
        });
        self.some_path(class, &path);
    }

    /// The plumb line at *now*: from `top` down to a bob that ends at `bottom`.
    pub fn plumb(&mut self, x: f64, top: f64, bottom: f64) {
        self.line("now", (x, top), (x, bottom - 9.0));
        self.path("fa", &format!("M{} {}l3.5 4.7-3.5 8.3-3.5-8.3z", px(x), px(bottom - 13.0)));
    }

    /// A line of text.
    pub fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let text = escape(text);
        self.push(format_args!("<text{class} x=\"{}\" y=\"{}\"{anchor}>{text}</text>", px(x), px(y)));
    }

    /// A place for the mark.
    pub fn mark(&mut self, (x, y): (f64, f64), index: usize, label: String) {
        self.marks.push(Mark { x, y, label, index });
    }

    /// The mark nearest to a point that is no farther than `reach` pixels; across the chart only `x` counts.
    pub fn nearest(&self, (x, y): (f64, f64), reach: f64, across: bool) -> Option<usize> {
        let distance = |mark: &Mark| if across { (mark.x - x).abs() } else { (mark.x - x).hypot(mark.y - y) };
        (0..self.marks.len())
            .min_by(|&a, &b| distance(&self.marks[a]).total_cmp(&distance(&self.marks[b])))
            .filter(|&i| distance(&self.marks[i]) <= reach)
    }

    fn some_path(&mut self, class: &str, d: &str) {
        if !d.is_empty() {
            self.path(class, d);
        }
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        self.markup.write_fmt(markup).expect("writing to a string cannot fail");
        self.markup.push('\n');
    }
}

/// A line through points, in order.
pub fn polyline(points: &[(f64, f64)]) -> String {
    let mut d = String::new();
    for (i, (x, y)) in points.iter().enumerate() {
        d.push(if i == 0 { 'M' } else { 'L' });
        d.push_str(&px(*x));
        d.push(' ');
        d.push_str(&px(*y));
    }
    d
}

/// The area between two lines that share their beginning and end.
pub fn area(upper: &[(f64, f64)], lower: &[(f64, f64)]) -> String {
    if upper.is_empty() || lower.is_empty() {
        return String::new();
    }
    let round: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
    polyline(&round) + "Z"
}

/// A line of steps: each value holds for `half` pixels on either side of its point.
pub fn steps(points: &[(f64, f64)], half: f64) -> Vec<(f64, f64)> {
    points.iter().flat_map(|&(x, y)| [(x - half, y), (x + half, y)]).collect()
}

/// A pixel position with at most one decimal.
pub fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Text as it may stand in markup.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// About how wide a text is at the size of axis labels, in pixels: Chinese is twice as wide as Latin.
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.58 * size } else { size }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_have_at_most_one_decimal() {
        assert_eq!([px(12.0), px(12.34), px(-0.01), px(0.05)], ["12", "12.3", "0", "0.1"]);
    }

    #[test]
    fn markup_cannot_be_broken_out_of() {
        let mut drawing = Drawing::new(10.0, 10.0);
        drawing.text("", (0.0, 0.0), Anchor::Start, "<b>\"&");
        assert_eq!(drawing.markup, "<text x=\"0\" y=\"0\">&lt;b&gt;&quot;&amp;</text>\n");
    }

    #[test]
    fn many_dots_are_one_element() {
        let mut drawing = Drawing::new(10.0, 10.0);
        drawing.dots("f5", &[(1.0, 1.0), (2.0, 2.0)], 1.0);
        drawing.dots("fo", &[], 1.0);
        assert_eq!(drawing.markup.matches("<path").count(), 1);
        assert_eq!(drawing.markup.matches('M').count(), 2);
    }

    #[test]
    fn the_nearest_mark_is_found_within_reach() {
        let mut drawing = Drawing::new(100.0, 100.0);
        drawing.mark((10.0, 90.0), 0, "a".into());
        drawing.mark((50.0, 10.0), 1, "b".into());
        assert_eq!(drawing.nearest((42.0, 80.0), 20.0, true), Some(1));
        assert_eq!(drawing.nearest((42.0, 80.0), 20.0, false), None);
        assert_eq!(drawing.nearest((12.0, 88.0), 20.0, false), Some(0));
    }

    #[test]
    fn areas_and_steps_close() {
        assert_eq!(area(&[(0.0, 1.0), (2.0, 1.0)], &[(0.0, 3.0), (2.0, 3.0)]), "M0 1L2 1L2 3L0 3Z");
        assert_eq!(
            steps(&[(10.0, 1.0), (20.0, 2.0)], 5.0),
            [(5.0, 1.0), (15.0, 1.0), (15.0, 2.0), (25.0, 2.0)]
        );
    }
}

use super::*;
use proptest::prelude::*;

fn frame(size: u64) -> Frame {
    Frame::new((0..size).map(|unit| format!("unit {unit:06}"))).unwrap()
}

/// A seed for each number, so that a test over many seeds is the same every time.
fn seed(number: u64) -> Seed {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    Seed::new(bytes)
}

fn drawn(frame: &Frame, seed: &Seed, count: u64) -> Vec<String> {
    select(frame, seed, count).into_iter().map(|selected| selected.id).collect()
}

fn ledger() -> (Frame, Draw) {
    let frame = frame(100);
    let draw = Draw::new("spot-check", 3, "2026-03, recheck, SH", &frame, seed(1), SampleSize::Count(7));
    (frame, draw)
}

/// Computed independently from the description of the stream with Python's hashlib.
#[test]
fn anyone_can_repeat_it() {
    let found = drawn(&frame(20), &seed(7), 5);
    assert_eq!(found, ["unit 000000", "unit 000005", "unit 000007", "unit 000011", "unit 000015"]);
    assert_eq!(
        seed(7).commitment().to_string(),
        "143db30b87c99563d5989bd3240486e0fca9d6e7e624f1d6bd4ec9bc3bf1b1f8"
    );
    assert_eq!(
        frame_hash(&["ab", "c"]).to_string(),
        "c199d2cd35271b586acdc10d46539aacc6d7dafe90e5699946a18824545bbc95"
    );
}

#[test]
fn lengths_keep_ids_apart() {
    assert_ne!(frame_hash(&["ab", "c"]), frame_hash(&["a", "bc"]));
    assert_ne!(frame_hash(&["", "a"]), frame_hash(&["a", ""]));
    assert_ne!(frame_hash::<&str>(&[]), frame_hash(&[""]));
}

#[test]
fn a_unit_is_in_a_frame_once() {
    let twice = Frame::new(["b", "a", "b"].map(str::to_owned));
    assert_eq!(twice, Err(FrameError { id: "b".to_owned() }));
}

#[test]
fn sizes() {
    assert_eq!(SampleSize::Count(5).of(3), 3);
    assert_eq!(SampleSize::PerMillion(20_000).of(101), 3);
    assert_eq!(SampleSize::PerMillion(0).of(101), 0);
    assert_eq!(SampleSize::PerMillion(u32::MAX).of(101), 101);
}

#[test]
fn a_draw_done_again_is_the_same() {
    let (frame, draw) = ledger();
    assert_eq!(draw.selected.len(), 7);
    assert_eq!(draw.selected[0].inclusion, Inclusion { drawn: 7, of: 100 });
    assert!((draw.selected[0].inclusion.probability() - 0.07).abs() < 1e-15);
    assert_eq!(redraw(&draw, &frame), Ok(()));
    let stored: Draw = serde_json::from_str(&serde_json::to_string(&draw).unwrap()).unwrap();
    assert_eq!(redraw(&stored, &frame), Ok(()));
}

#[test]
fn whatever_was_changed_is_found() {
    let (frame, draw) = ledger();
    assert_eq!(redraw(&draw.clone().sealed(), &frame), Err(DrawMismatch::Sealed));
    let other_seed = Draw { seed: Some(seed(2)), ..draw.clone() };
    assert_eq!(redraw(&other_seed, &frame), Err(DrawMismatch::Seed));
    let smaller = Frame::new(frame.ids().iter().skip(1).cloned()).unwrap();
    assert_eq!(redraw(&draw, &smaller), Err(DrawMismatch::FrameSize { ledger: 100, found: 99 }));
    let others = Frame::new(frame.ids().iter().map(|id| format!("{id}x"))).unwrap();
    assert_eq!(redraw(&draw, &others), Err(DrawMismatch::FrameHash));

    let mut fewer = draw.clone();
    fewer.selected.pop();
    assert_eq!(redraw(&fewer, &frame), Err(DrawMismatch::Count { ledger: 6, found: 7 }));
    let mut other = draw.clone();
    other.selected[3].id = "unit of one's own choice".to_owned();
    assert!(matches!(redraw(&other, &frame), Err(DrawMismatch::Unit { place: 3, .. })));
    let mut likelier = draw.clone();
    likelier.selected[6].inclusion.drawn = 8;
    assert!(matches!(redraw(&likelier, &frame), Err(DrawMismatch::Unit { place: 6, .. })));
    let other_seed = Draw { seed: Some(seed(2)), seed_commitment: seed(2).commitment(), ..draw };
    assert!(matches!(redraw(&other_seed, &frame), Err(DrawMismatch::Unit { .. })));
}

#[test]
fn a_seed_is_not_shown_by_accident() {
    assert_eq!(format!("{:?}", seed(1)), "Seed(…)");
    assert_eq!(seed(1).to_string().parse(), Ok(seed(1)));
    for text in ["", "zz", "00", &"0".repeat(63), &"0".repeat(66), &"é".repeat(32)] {
        assert_eq!(text.parse::<Seed>(), Err(HexError), "{text}");
    }
}

/// Over 6,000 seeds, 3 of 12 units: each unit and each pair must come up as often as every other. The limits are about
/// the 99.9 % quantiles of chi-square with 11 and 65 degrees of freedom.
#[test]
fn each_unit_and_each_pair_is_as_likely() {
    let (frame, seeds, mut units, mut pairs) = (frame(12), 6_000_u32, [0_u32; 12], [[0_u32; 12]; 12]);
    for number in 0..u64::from(seeds) {
        let sample = drawn(&frame, &seed(number), 3);
        let places: Vec<usize> =
            sample.iter().map(|id| frame.ids().iter().position(|unit| unit == id).unwrap()).collect();
        for (order, place) in places.iter().enumerate() {
            units[*place] += 1;
            places[order + 1..].iter().for_each(|other| pairs[*place][*other] += 1);
        }
    }
    let chi_square = |counts: &[u32], expected: f64| -> f64 {
        counts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum()
    };
    // Without replacement the counts of units vary less, by (N − n)/(N − 1).
    let of_units = chi_square(&units, f64::from(seeds) * 3.0 / 12.0) * 11.0 / 9.0;
    assert!(of_units < 31.26, "{of_units}");
    let counts: Vec<u32> = (0..12).flat_map(|one| pairs[one][one + 1..].to_vec()).collect();
    let of_pairs = chi_square(&counts, f64::from(seeds) * 3.0 / 66.0);
    assert!(of_pairs < 106.0, "{of_pairs}");
}

/// Remainders of a range that does not divide 2^64 must not favour the small: with three quarters of the range as
/// bound, plain remainders would make the first third twice as likely.
#[test]
fn bounded_numbers_are_not_biased() {
    let (last, mut stream) = (u64::MAX / 4 * 3, Stream::new(&seed(5)));
    let low = (0..3_000).filter(|_| stream.up_to(last) <= last / 3).count();
    assert!((900..1_100).contains(&low), "{low} of 3000 in the first third");
}

proptest! {
    #[test]
    fn exactly_so_many_different_units(size in 0_u64..400, count in 0_u64..500, number in any::<u64>()) {
        let (frame, seed) = (frame(size), seed(number));
        let sample = drawn(&frame, &seed, count);
        prop_assert_eq!(sample.len() as u64, count.min(size));
        prop_assert!(sample.is_sorted() && sample.windows(2).all(|pair| pair[0] != pair[1]));
        prop_assert!(sample.iter().all(|id| frame.ids().binary_search(id).is_ok()));
        prop_assert_eq!(&sample, &drawn(&frame, &seed, count));
        if count >= size {
            prop_assert_eq!(sample.as_slice(), frame.ids());
        }
    }

    #[test]
    fn the_order_given_does_not_matter(
        ids in prop::collection::btree_set("[a-z0-9]{1,8}", 1..60).prop_map(Vec::from_iter),
        count in 0_u64..60, number in any::<u64>(), turn in any::<prop::sample::Index>(),
    ) {
        let mut turned: Vec<String> = ids.clone();
        turned.rotate_left(turn.index(ids.len()));
        turned.reverse();
        let (one, other) = (Frame::new(ids).unwrap(), Frame::new(turned).unwrap());
        prop_assert_eq!(one.hash(), other.hash());
        prop_assert_eq!(select(&one, &seed(number), count), select(&other, &seed(number), count));
    }
}

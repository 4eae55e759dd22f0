//! Values by address, with what makes them stale.

use crate::api::Tag;
use crate::api::load::Kept;
use chrono::TimeDelta;
use domain::time::Timestamp;
use std::collections::HashMap;

/// How long a value counts as fresh where no notice says otherwise: notices may be cut off without a sign.
const FRESH: TimeDelta = TimeDelta::seconds(30);
/// How many values are kept beside those that never change.
const KEPT: usize = 48;

#[derive(Debug, Clone)]
struct Entry {
    value: Kept,
    tags: Vec<Tag>,
    at: Timestamp,
    stale: bool,
}

impl Entry {
    fn is_immutable(&self) -> bool {
        self.tags.contains(&Tag::Immutable)
    }
}

/// Values by address.
#[derive(Debug, Clone, Default)]
pub struct Cache(HashMap<String, Entry>);

impl Cache {
    /// The value of that address, and whether it is fresh. An address has values of one type.
    pub fn find(&self, url: &str, now: Timestamp) -> Option<(Kept, bool)> {
        let entry = self.0.get(url)?;
        Some((entry.value.clone(), entry.is_immutable() || (!entry.stale && now - entry.at < FRESH)))
    }

    /// Keeps a value; the oldest one goes where there are too many.
    pub fn put(&mut self, url: &str, tags: &[Tag], value: Kept, now: Timestamp) {
        let entry = Entry { value, tags: tags.to_vec(), at: now, stale: false };
        self.0.insert(url.to_owned(), entry);
        let passing = || self.0.iter().filter(|(_, entry)| !entry.is_immutable());
        if passing().count() > KEPT {
            let oldest = passing().min_by_key(|(_, entry)| entry.at).map(|(url, _)| url.clone());
            if let Some(oldest) = oldest {
                self.0.remove(&oldest);
            }
        }
    }

    /// Marks what depends on the tag as stale.
    pub fn stale(&mut self, tag: Tag) {
        for entry in self.0.values_mut().filter(|entry| entry.tags.contains(&tag)) {
            entry.stale = true;
        }
    }

    /// Marks everything as stale.
    pub fn stale_all(&mut self) {
        for entry in self.0.values_mut() {
            entry.stale = true;
        }
    }

    /// Marks the value of one address as stale.
    pub fn forget(&mut self, url: &str) {
        if let Some(entry) = self.0.get_mut(url) {
            entry.stale = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_timestamp(seconds, 0).expect("a test instant")
    }

    fn found<T: Copy + Send + Sync + 'static>(cache: &Cache, url: &str, now: Timestamp) -> Option<(T, bool)> {
        let (value, fresh) = cache.find(url, now)?;
        Some((*value.downcast_ref::<T>()?, fresh))
    }

    #[test]
    fn a_value_is_fresh_until_its_tag_changes_or_it_ages() {
        let mut cache = Cache::default();
        cache.put("/a", &[Tag::Counts], Arc::new(1_u8), at(0));
        assert_eq!(found(&cache, "/a", at(29)), Some((1_u8, true)));
        assert_eq!(found(&cache, "/a", at(30)), Some((1_u8, false)));
        cache.stale(Tag::Slips);
        assert_eq!(found(&cache, "/a", at(1)), Some((1_u8, true)));
        cache.stale(Tag::Counts);
        assert_eq!(found(&cache, "/a", at(1)), Some((1_u8, false)));
    }

    #[test]
    fn what_never_changes_stays() {
        let mut cache = Cache::default();
        cache.put("/catalogue", &[Tag::Immutable], Arc::new(1_u8), at(0));
        for n in 0..100 {
            cache.put(&format!("/{n}"), &[Tag::Counts], Arc::new(n), at(n));
        }
        cache.stale_all();
        assert_eq!(found(&cache, "/catalogue", at(100_000)), Some((1_u8, true)));
        assert_eq!(found::<i64>(&cache, "/0", at(100)), None);
        assert!(found::<i64>(&cache, "/99", at(100)).is_some());
        assert_eq!(cache.0.len(), KEPT + 1);
    }
}

//! How far a layer can be trusted to be up to date.

use serde::Serialize;

use crate::clock::Date;

use super::Dataset;

/// Whether a layer keeps its promise to be refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FreshnessState {
    /// Every dataset was confirmed within its promised period.
    Current,
    /// A dataset is past its promised refresh.
    Overdue,
    /// No dataset promises anything.
    Unknown,
    /// There is no dataset.
    Empty,
}

/// A layer's freshness: that of its least fresh dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// In a word.
    pub state: FreshnessState,
    /// The oldest day that a dataset describes.
    pub as_of: Option<Date>,
    /// The day on which the least recently confirmed dataset was confirmed.
    pub last_confirmed: Option<Date>,
    /// The first day by which a dataset is to be confirmed again.
    pub due_on: Option<Date>,
}

impl Dataset {
    /// The day by which it is to be confirmed again, when it promises that. A dataset that was never
    /// confirmed counts from the day that it describes.
    #[must_use]
    pub fn due_on(&self) -> Option<Date> {
        let days = self.refresh_days?;
        let from = self.last_confirmed.or(self.as_of)?;
        from.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
    }

    /// Whether the promised day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.due_on().is_some_and(|due| due < today)
    }
}

impl Freshness {
    /// The freshness of a layer with these datasets on a day.
    #[must_use]
    pub fn of(datasets: &[Dataset], today: Date) -> Self {
        let due_on = datasets.iter().filter_map(Dataset::due_on).min();
        let state = match due_on {
            _ if datasets.is_empty() => FreshnessState::Empty,
            Some(due) if due < today => FreshnessState::Overdue,
            Some(_) => FreshnessState::Current,
            None => FreshnessState::Unknown,
        };
        Self {
            state,
            as_of: datasets.iter().filter_map(|dataset| dataset.as_of).min(),
            last_confirmed: datasets.iter().filter_map(|dataset| dataset.last_confirmed).min(),
            due_on,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::layers::source::tests_support::dataset;

    #[test]
    fn a_layer_is_as_fresh_as_its_least_fresh_dataset() {
        let today = date(2026, 11, 20);
        assert_eq!(Freshness::of(&[], today).state, FreshnessState::Empty);
        let mut kept = dataset("kept");
        assert_eq!(Freshness::of(&[kept.clone()], today).state, FreshnessState::Unknown);
        kept.refresh_days = Some(365);
        kept.last_confirmed = Some(date(2026, 4, 1));
        assert_eq!(Freshness::of(&[kept.clone()], today).state, FreshnessState::Current);
        let mut late = dataset("late");
        late.refresh_days = Some(30);
        late.as_of = Some(date(2026, 10, 20));
        let freshness = Freshness::of(&[kept, late], today);
        assert_eq!(freshness.state, FreshnessState::Overdue);
        assert_eq!(freshness.due_on, Some(date(2026, 11, 19)));
    }

    #[test]
    fn the_promised_day_itself_is_not_overdue() {
        let mut one = dataset("one");
        one.refresh_days = Some(10);
        one.last_confirmed = Some(date(2026, 11, 10));
        assert!(!one.is_overdue(date(2026, 11, 20)));
        assert!(one.is_overdue(date(2026, 11, 21)));
    }
}

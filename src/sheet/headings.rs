//! Which column of a file is what.

use crate::layers::fold;

/// What a column can hold, with the headings of wards by which it is known. However they are spaced, and in whichever kana and width, they
/// are one.
pub type Named<C> = [(C, &'static [&'static str])];

/// Where each column stands.
#[derive(Clone, Debug)]
pub struct Headings<C> {
    found: Vec<(C, usize)>,
    ignored: Vec<String>,
}

impl<C: Copy + PartialEq> Headings<C> {
    /// Finds the columns among headings. Of two that mean the same, the first counts.
    #[must_use]
    pub fn find(headings: &[String], named: &Named<C>) -> Self {
        let mut columns = Self { found: Vec::new(), ignored: Vec::new() };
        for (index, heading) in headings.iter().enumerate() {
            let folded = fold(heading);
            let named = named.iter().find(|(_, names)| names.iter().any(|name| fold(name) == folded));
            match named {
                Some((column, _)) if columns.at(*column).is_none() => columns.found.push((*column, index)),
                _ if folded.is_empty() => {}
                _ => columns.ignored.push(heading.clone()),
            }
        }
        columns
    }

    /// Where a column stands.
    #[must_use]
    pub fn at(&self, column: C) -> Option<usize> {
        self.found.iter().find(|(found, _)| *found == column).map(|(_, index)| *index)
    }

    /// Whether the file has a column.
    #[must_use]
    pub fn has(&self, column: C) -> bool {
        self.at(column).is_some()
    }

    /// The columns that are there.
    #[must_use]
    pub fn all(&self) -> Vec<C> {
        self.found.iter().map(|(column, _)| *column).collect()
    }

    /// Headings that mean nothing here.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// What a row has in a column; empty where the file has no such column.
    #[must_use]
    pub fn text<'a>(&self, cells: &'a [String], column: C) -> &'a str {
        self.at(column).and_then(|index| cells.get(index)).map_or("", |cell| cell.trim())
    }
}

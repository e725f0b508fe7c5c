//! The yearly report on paper: the figures of an archive, A4, in Japanese, as wards keep them. On each page stand the digest of the
//! archive's file and the fingerprint of its key, so that paper and file vouch for each other. Names are not printed.

mod blocks;
mod drawing;

use crate::print::{
    MM, NoPaper, Paper, Rect,
    canvas::{About, Booklet},
    fonts::Fonts,
    typeset::Setter,
};

use super::Verified;
use blocks::{Block, blocks};
use drawing::{Frame, draw, frame};

const MARGIN: f32 = 16.0 * MM;
/// What is kept free at the top and at the bottom for the frame of each page.
const HEAD: f32 = 9.0 * MM;
const FOOT: f32 = 15.0 * MM;

/// Draws the report of an archive that was checked.
///
/// # Errors
/// When the machine has no Japanese font.
pub fn report(of: &Verified, fonts: &Fonts) -> Result<Vec<u8>, NoPaper> {
    let family = fonts.load()?;
    let setter = Setter::new(&family).ok_or_else(|| NoPaper::BrokenFont(family.name.clone()))?;
    let about = About {
        title: format!("{} 悉皆研修 実施報告書", of.archive.fiscal_year.in_era()),
        author: of.archive.municipality.name.clone(),
        language: "ja".to_owned(),
    };
    let page = Rect::new(0.0, 0.0, Paper::A4.width, Paper::A4.height).inset(MARGIN);
    let body = Rect { y: page.y + HEAD, height: page.height - HEAD - FOOT, ..page };
    let pages = pages(blocks(of, &setter, body.width), body.height);
    let count = pages.len();
    let mut booklet = Booklet::new(&setter, about);
    for (index, blocks) in pages.iter().enumerate() {
        booklet.page(Paper::A4, |canvas| {
            frame(canvas, &page, &Frame { of, number: index + 1, count });
            let mut y = body.y;
            for block in blocks {
                draw(canvas, Rect { y, height: block.height(), ..body }, block);
                y += block.height();
            }
        });
    }
    Ok(booklet.finish()?)
}

/// Blocks put on pages: a headline stays with what follows, and a table goes on below its headings.
fn pages(blocks: Vec<Block>, height: f32) -> Vec<Vec<Block>> {
    let mut pages: Vec<Vec<Block>> = vec![Vec::new()];
    let (mut used, mut headings): (f32, Option<Block>) = (0.0, None);
    let mut rest = blocks.into_iter().peekable();
    while let Some(block) = rest.next() {
        if matches!(block, Block::Headings(_)) {
            headings = Some(block.clone());
        }
        let needed = block.height() + block.company(rest.peek());
        if used + needed > height && used > 0.0 {
            pages.push(Vec::new());
            used = 0.0;
            if let (Block::Row(_), Some(again)) = (&block, &headings) {
                used += again.height();
                pages.last_mut().into_iter().for_each(|page| page.push(again.clone()));
            }
        }
        // What only keeps things apart does not begin a page.
        if used > 0.0 || !matches!(block, Block::Gap(_)) {
            used += block.height();
            pages.last_mut().into_iter().for_each(|page| page.push(block.clone()));
        }
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_stay_with_their_tables_and_tables_go_on_below_their_headings() {
        let row = || Block::Row(Box::default());
        let headings = || Block::Headings("部".into());
        let mut blocks = vec![Block::Section("部".into()), headings()];
        blocks.extend((0..40).map(|_| row()));
        let height = row().height() * 12.0;
        let pages = pages(blocks, height);
        assert!(pages.len() > 3);
        for (index, page) in pages.iter().enumerate() {
            let used: f32 = page.iter().map(Block::height).sum();
            assert!(used <= height + 0.01, "{used} of {height}");
            let first = usize::from(index == 0);
            assert!(matches!(page[first], Block::Headings(_)), "page {index}");
        }
        let rows: usize =
            pages.iter().map(|page| page.iter().filter(|block| matches!(block, Block::Row(_))).count()).sum();
        assert_eq!(rows, 40);
        // No headline alone at the foot of a page.
        let mut blocks: Vec<Block> = (0..11).map(|_| row()).collect();
        blocks.extend([Block::Section("階層".into()), headings(), row()]);
        let pages = super::pages(blocks, height);
        assert!(matches!(pages[1][0], Block::Section(_)));
    }
}

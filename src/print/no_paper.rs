//! Why there is no PDF, for whoever asked for one.

use crate::http::{Message, Problem, ProblemKind};

use super::{canvas::BadPdf, fonts::NoFont};

/// Why there is no PDF.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoPaper {
    /// No Japanese font was found.
    #[error(transparent)]
    NoFont(#[from] NoFont),
    /// The font that was found is broken.
    #[error("the font {0} is broken")]
    BrokenFont(String),
    /// The PDF could not be written.
    #[error(transparent)]
    Pdf(#[from] BadPdf),
}

impl From<NoPaper> for Problem {
    fn from(error: NoPaper) -> Self {
        let NoPaper::NoFont(NoFont(folders)) = error else { return Self::internal(&error) };
        tracing::warn!(?folders, "no Japanese font was found: nothing can be printed");
        Self::new(
            ProblemKind::Unavailable,
            Message::new(
                "このサーバーに日本語フォントがないため、印刷用のPDFを作れません。サーバーの担当者に、日本語フォント(Debianなら fonts-noto-cjk)を入れるか、--font-dir でフォントのフォルダーを指定するよう伝えてください。",
                "This server has no Japanese font, so it cannot make a PDF. Please ask those who run it to install one (fonts-noto-cjk on Debian), or to name a folder of fonts with --font-dir.",
            ),
        )
    }
}

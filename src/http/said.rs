//! Texts that people write into a body.

use super::{Message, Problem};

/// A text of a body, trimmed: not blank where it is needed, and of so many characters at most.
///
/// # Errors
/// Names the field and says what to do.
pub fn said(text: &str, field: &str, longest: usize, needed: bool) -> Result<String, Problem> {
    // PostgreSQL keeps no NUL.
    let text = text.replace('\0', "");
    let text = text.trim();
    if text.chars().count() > longest {
        let message = Message::new(
            format!("{longest}文字以内で入力してください。"),
            format!("Please use at most {longest} characters."),
        );
        return Err(Problem::impossible(field, message));
    }
    if needed && text.is_empty() {
        return Err(Problem::impossible(field, Message::new("入力してください。", "Please fill this in.")));
    }
    Ok(text.to_owned())
}

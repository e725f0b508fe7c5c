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

/// Checks a text that people read: something is there, it is not too long, and it has no control characters; line breaks where it may have
/// several lines.
///
/// # Errors
/// Says what to do.
pub fn check_text(text: &str, longest: usize, lines: bool) -> Result<(), Message> {
    let controls = |c: char| c.is_control() && !(lines && c == '\n');
    if text.trim().is_empty() {
        Err(Message::new("入力してください。", "Please write something."))
    } else if text.chars().count() > longest {
        Err(Message::new(
            format!("{longest}文字以内にしてください。"),
            format!("Please write at most {longest} characters."),
        ))
    } else if text.contains(controls) {
        Err(Message::new("使えない文字があります。", "It holds characters that cannot be used."))
    } else {
        Ok(())
    }
}

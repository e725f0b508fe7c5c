//! A plan in 32 bytes, to see whether what is confirmed is what was shown.

use std::io;

use sha2::{Digest as _, Sha256};

use super::Plan;

struct Hashed(Sha256);

impl io::Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The digest of a plan.
///
/// # Errors
/// Never in practice: a plan always serialises.
pub fn digest(plan: &Plan) -> Result<[u8; 32], serde_json::Error> {
    let mut hashed = io::BufWriter::new(Hashed(Sha256::new()));
    serde_json::to_writer(&mut hashed, plan)?;
    let hashed = hashed.into_inner().map_err(|error| serde_json::Error::io(error.into_error()))?;
    Ok(hashed.0.finalize().into())
}

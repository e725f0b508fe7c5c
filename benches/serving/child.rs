//! Child processes and the temporary folder: none of them outlives the bench, however it ends.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;

/// What has to be cleared away when a signal ends the bench and no destructor runs.
static LEFT: Mutex<Left> = Mutex::new(Left { children: Vec::new(), folder: None });

struct Left {
    children: Vec<Arc<Mutex<Child>>>,
    folder: Option<PathBuf>,
}

/// How long a child may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(3);

/// A child process that ends with its owner.
pub struct Guarded {
    child: Arc<Mutex<Child>>,
    id: u32,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Guarded {
    /// Starts a child. `deps` says what to do when there is no such program.
    pub fn spawn(command: &mut Command) -> anyhow::Result<Self> {
        let program = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| format!("{program} cannot be started (`make deps` installs what is missing)"))?;
        let id = child.id();
        let child = Arc::new(Mutex::new(child));
        lock(&LEFT).children.push(child.clone());
        Ok(Self { child, id })
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// Access to its pipes.
    pub fn with<T>(&self, read: impl FnOnce(&mut Child) -> T) -> T {
        read(&mut lock(&self.child))
    }

    /// Waits for its end, at most `limit` long.
    pub fn wait(&self, limit: Duration) -> anyhow::Result<ExitStatus> {
        wait(&mut lock(&self.child), limit)?.context("a child process did not end in time")
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        end(&mut lock(&self.child));
        lock(&LEFT).children.retain(|child| !Arc::ptr_eq(child, &self.child));
    }
}

fn wait(child: &mut Child, limit: Duration) -> anyhow::Result<Option<ExitStatus>> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() > limit {
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Asks a child to end, so that nginx ends its workers too; then ends it.
fn end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    let asked = Command::new("sh").args(["-c", &format!("kill -TERM {}", child.id())]).status();
    if asked.is_ok() && matches!(wait(child, PATIENCE), Ok(Some(_))) {
        return;
    }
    // It may have ended in the meantime.
    let _ = child.kill();
    let _ = child.wait();
}

/// Removes this folder, too, when a signal ends the bench.
pub fn remove_at_exit(folder: &Path) {
    lock(&LEFT).folder = Some(folder.to_owned());
}

/// Ends every child and removes the folder: for signals, which run no destructors.
pub fn clear_away() {
    let children = std::mem::take(&mut lock(&LEFT).children);
    for child in children {
        // Whoever waits for a child holds its lock, but only until it ends.
        if let Ok(mut child) = child.try_lock() {
            end(&mut child);
        }
    }
    if let Some(folder) = lock(&LEFT).folder.take() {
        // Nothing is left to tell.
        let _ = std::fs::remove_dir_all(folder);
    }
}

//! PostgreSQL databases that go with their tests.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// A database of its own on the server for tests.
pub struct PostgresDatabase {
    server: String,
    name: String,
    pub url: String,
}

impl PostgresDatabase {
    /// Makes one; says why and gives nothing where there is no server.
    pub fn create() -> Option<Self> {
        let Ok(server) = std::env::var("MACHIARUKI_TEST_POSTGRES") else {
            eprintln!("skipped: MACHIARUKI_TEST_POSTGRES is not set");
            return None;
        };
        // The random end of a temporary file's name.
        let random = tempfile::Builder::new().prefix("").rand_bytes(12).tempfile().unwrap();
        let random = random.path().file_name().unwrap().to_str().unwrap().to_lowercase();
        let name = format!("commands_{random}_{}", std::process::id());
        let (base, _) = server.rsplit_once('/').unwrap();
        let url = format!("{base}/{name}");
        execute(&server, &format!("CREATE DATABASE {name}"));
        Some(Self { server, name, url })
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        execute(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn execute(server: &str, statement: &str) {
    let (server, statement) = (server.to_owned(), statement.to_owned());
    let run = async move {
        let mut connection = PgConnection::connect(&server).await.unwrap();
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run);
}

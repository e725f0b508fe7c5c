//! `machiaruki user`: accounts, for an operator on the machine.

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::{
    app::{prepare, system_clock, system_random},
    audit::{Action, Entry, Person, Recorder},
    auth::{
        APPROVERS, AccountId, GrantId, Reach, Role, Token, fold_login,
        store::{
            self, GrantState, NewAccount, NewGrant, account_by_login, create_account, create_activation,
            end_sessions, holders, insert_grant, open_grants_of, set_disabled,
        },
    },
    clock::{SharedClock, tokyo_date},
    config::DatabaseConfig,
    db::{Db, DbError},
    places::Purpose,
    random::SharedRandom,
    staff,
};

/// How long an activation link can be used.
const LINK_LASTS: jiff::SignedDuration = jiff::SignedDuration::from_hours(24 * 7);

/// Make and manage accounts.
#[derive(Args, Debug)]
pub struct User {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Make an account, give it roles, and print a one-time link to set its password
    Add(Add),
    /// Print a new one-time link for an account; those made before open nothing any more
    Link(Named),
    /// Disable an account; its sessions end at once
    Disable(Named),
    /// Enable an account again
    Enable(Named),
    /// List the accounts that hold a role
    List(List),
}

#[derive(Args, Debug)]
struct Add {
    /// The staff number; or, with --name, any name to sign in with
    login: String,
    /// The name of somebody who is not on the roster, such as an operator
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// A role to give: trainer, manager, coordinator, hr, registrar, editor, admin, approver. Sensitive ones wait
    /// for a second person's approval, but for the first two approvers and what they are given with it
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<Role>,
    /// Where people reach the service, for the link
    #[arg(long, env = "MACHIARUKI_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    public_url: String,
    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Args, Debug)]
struct Named {
    /// The staff number, or the name of an account that is not on the roster
    login: String,
    /// Where people reach the service, for the link
    #[arg(long, env = "MACHIARUKI_PUBLIC_URL", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    public_url: String,
    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Args, Debug)]
struct List {
    /// Only those who hold this role
    #[arg(long, value_name = "ROLE")]
    role: Option<Role>,
    #[command(flatten)]
    database: DatabaseConfig,
}

impl User {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        match self.command {
            UserCommand::Add(add) => add.run().await,
            UserCommand::Link(named) => named.link().await,
            UserCommand::Disable(named) => named.set_disabled(true).await,
            UserCommand::Enable(named) => named.set_disabled(false).await,
            UserCommand::List(list) => list.run().await,
        }
    }
}

struct Tools {
    db: Db,
    clock: SharedClock,
    random: SharedRandom,
    recorder: Recorder,
}

async fn open(database: &DatabaseConfig) -> anyhow::Result<Tools> {
    let (clock, random) = (system_clock(), system_random());
    let db = Db::open(&database.database_url)
        .await
        .with_context(|| format!("cannot open {}", database.database_url))?;
    prepare(&db, &clock, Purpose::Ward).await?;
    let recorder = Recorder::new(clock.clone(), random.clone());
    Ok(Tools { db, clock, random, recorder })
}

#[derive(Debug, thiserror::Error)]
enum UserError {
    #[error(
        "there is nobody with the staff number {0} on the roster: import the roster first, or give --name for \
         somebody who is not on it"
    )]
    NotOnRoster(String),
    #[error("there is an account {0} already: machiaruki user link {0} prints a new link")]
    Exists(String),
    #[error("there is no account {0}: machiaruki user list shows those that hold a role")]
    Absent(String),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Add {
    async fn run(self) -> anyhow::Result<()> {
        let tools = open(&self.database).await?;
        let (now, recorder, random) = (tools.clock.now(), tools.recorder.clone(), tools.random.clone());
        let (id, login) = (AccountId(random.id()), fold_login(&self.login));
        let token = Token::new(random.bytes());
        let (hash, number, name) = (token.hash(), self.login.trim().to_owned(), self.name.clone());
        let (shown, roles) = (login.clone(), self.roles.clone());
        let given = tools
            .db
            .write(move |tx| {
                Box::pin(async move {
                    if account_by_login(tx, &login, tokyo_date(now)).await?.is_some() {
                        return Err(UserError::Exists(login));
                    }
                    let staff = if name.is_none() {
                        let found = staff::store::id_of_number(tx, &number).await?;
                        Some(found.ok_or(UserError::NotOnRoster(number))?)
                    } else {
                        None
                    };
                    let new = NewAccount { id, login, staff, display_name: name, persona: None };
                    create_account(tx, &new, now).await?;
                    let subject = staff.map_or(Person::Account(id), Person::Staff);
                    let made = Entry::by_service(Action::CreateAccount).about([subject]).on("account", id);
                    recorder.record(tx, made).await?;
                    // Nobody could approve them yet, or any more.
                    let is_first = roles.contains(&Role::Approver)
                        && holders(tx, Role::Approver, tokyo_date(now)).await? < APPROVERS;
                    let mut given = Vec::new();
                    for role in roles {
                        let at_once = !role.needs_approval() || is_first;
                        let state = if at_once { GrantState::Active } else { GrantState::Pending };
                        let grant = NewGrant {
                            id: GrantId(random.id()),
                            account: id,
                            role,
                            state,
                            source: "command",
                            reason: "machiaruki user add".to_owned(),
                            requested_by: None,
                        };
                        insert_grant(tx, &grant, now).await?;
                        let action = if at_once { Action::GrantRole } else { Action::RequestRole };
                        let entry = Entry::by_service(action)
                            .about([subject])
                            .on("grant", grant.id)
                            .with(json!({ "role": role, "first_approvers": is_first }));
                        recorder.record(tx, entry).await?;
                        given.push((role, state));
                    }
                    create_activation(tx, &hash, id, now, now + LINK_LASTS).await?;
                    let link = Entry::by_service(Action::CreateActivation).about([subject]);
                    recorder.record(tx, link).await?;
                    Ok((given, holders(tx, Role::Approver, tokyo_date(now)).await?))
                })
            })
            .await;
        tools.db.close().await;
        let (given, approvers) = given?;
        println!("{shown}: account made");
        for (role, state) in given {
            match state {
                GrantState::Active => println!("  {role}: granted"),
                _ => println!("  {role}: waits for an approver, on the page /people"),
            }
        }
        print_link(&self.public_url, &token);
        if approvers < APPROVERS {
            println!(
                "The roles hr, registrar, admin and approver need a second person's approval. {} more approver{} \
                 needed: machiaruki user add … --role approver",
                APPROVERS - approvers,
                if APPROVERS - approvers == 1 { " is" } else { "s are" }
            );
        }
        Ok(())
    }
}

fn print_link(public_url: &str, token: &Token) {
    println!("One-time link to set the password, for seven days. Hand it to its owner alone:");
    println!("  {}/activate#{}", public_url.trim_end_matches('/'), token.reveal());
}

impl Named {
    async fn link(self) -> anyhow::Result<()> {
        let tools = open(&self.database).await?;
        let (now, recorder, login) = (tools.clock.now(), tools.recorder.clone(), fold_login(&self.login));
        let token = Token::new(tools.random.bytes());
        let hash = token.hash();
        let made = tools
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let found = account_by_login(tx, &login, tokyo_date(now)).await?;
                    let account = found.ok_or(UserError::Absent(login))?;
                    create_activation(tx, &hash, account.id, now, now + LINK_LASTS).await?;
                    let subject = account.staff.map_or(Person::Account(account.id), Person::Staff);
                    recorder.record(tx, Entry::by_service(Action::CreateActivation).about([subject])).await?;
                    Ok::<_, UserError>(())
                })
            })
            .await;
        tools.db.close().await;
        made?;
        print_link(&self.public_url, &token);
        Ok(())
    }

    async fn set_disabled(self, disabled: bool) -> anyhow::Result<()> {
        let tools = open(&self.database).await?;
        let (now, recorder, login) = (tools.clock.now(), tools.recorder.clone(), fold_login(&self.login));
        let done = tools
            .db
            .write(move |tx| {
                Box::pin(async move {
                    let found = account_by_login(tx, &login, tokyo_date(now)).await?;
                    let account = found.ok_or(UserError::Absent(login))?;
                    set_disabled(tx, account.id, disabled.then_some(now)).await?;
                    if disabled {
                        end_sessions(tx, account.id, None, "disabled", now).await?;
                    }
                    let subject = account.staff.map_or(Person::Account(account.id), Person::Staff);
                    let entry = Entry::by_service(Action::ChangeAccount)
                        .about([subject])
                        .with(json!({ "disabled": disabled }));
                    recorder.record(tx, entry).await?;
                    Ok::<_, UserError>(())
                })
            })
            .await;
        tools.db.close().await;
        done?;
        println!("{}: {}", self.login, if disabled { "disabled" } else { "enabled" });
        Ok(())
    }
}

impl List {
    async fn run(self) -> anyhow::Result<()> {
        let tools = open(&self.database).await?;
        let today = tokyo_date(tools.clock.now());
        let mut tx = tools.db.read().await?;
        let mut after = String::new();
        let mut any = false;
        loop {
            let search = store::AccountSearch { role: self.role, after, limit: 500, ..Default::default() };
            let found = store::accounts(&mut tx, search, &Reach::Any, today).await?;
            let Some(last) = found.last() else { break };
            after = last.login.clone();
            for account in &found {
                let waiting = open_grants_of(&mut tx, account.id, today).await?;
                if account.roles.is_empty() && waiting.is_empty() {
                    continue;
                }
                any = true;
                let mut words: Vec<String> = account.roles.iter().map(ToString::to_string).collect();
                let waits = waiting.iter().filter(|grant| grant.state == GrantState::Pending);
                words.extend(waits.map(|grant| format!("{} (waits for approval)", grant.role)));
                let state = if account.is_current { "" } else { ", cannot sign in" };
                println!("{}: {}{state}", account.login, words.join(", "));
            }
        }
        drop(tx);
        tools.db.close().await;
        if !any {
            println!("nobody; machiaruki user add makes the first account");
        }
        Ok(())
    }
}

//! Machiaruki (まちあるき): town-walk training, local organisations and disaster councils of a
//! Japanese municipality, as open GeoJSON layers on one map.
//!
//! - [`app`] puts everything together; [`commands`] is what an operator types.
//! - [`catalogue`] says which layers exist and what of each is public.
//! - [`auth`] says who may do what; [`audit`] keeps the record of it; [`staff`] keeps the roster;
//!   [`settings`] holds what administrators set.
//! - [`retention`] says how long each class of data is kept, and erases it afterwards.
//! - [`places`] keeps datasets, records and places; [`import`] reads file formats, [`sheet`] the lists that people bring.
//! - [`network`] finds ways on foot; [`routes`] designs, reviews and publishes the walks;
//!   [`visits`] logs and judges what walkers show of them, [`training`] says who must walk what in a fiscal year, and who has.
//! - [`outings`] are routes walked together, with trainers, hosts and a number of places; [`attendance`] is what they and gatherings have in common.
//! - [`councils`] keeps disaster housing and the councils to which its residents belong; [`activations`] calls them when something happens,
//!   [`gatherings`] is what they take part in, [`introductions`] makes them known to their councils as far as they consent.
//! - [`notify`] tells people what happened, by mail and in the app; [`calendar`] writes iCalendar.
//! - [`layers`] publishes snapshots in memory and serves them; [`published`] mirrors them for analysts.
//! - [`db`], [`http`], [`geo`], [`photo`], [`print`], [`table`] and [`text`] know no feature; [`clock`] and [`random`] are
//!   the only readers of the time and of chance.

pub mod activations;
pub mod app;
pub mod attendance;
pub mod audit;
pub mod auth;
pub mod calendar;
pub mod catalogue;
pub mod clock;
pub mod commands;
pub mod config;
pub mod councils;
pub mod db;
pub mod gatherings;
pub mod geo;
pub mod http;
pub mod import;
pub mod introductions;
pub mod layers;
pub mod network;
pub mod notify;
pub mod outings;
pub mod photo;
pub mod places;
pub mod print;
pub mod published;
pub mod random;
pub mod retention;
pub mod routes;
pub mod settings;
pub mod sheet;
pub mod staff;
pub mod table;
pub mod text;
pub mod training;
pub mod vault;
pub mod visits;

//! All that one's own training follows from, straight from one's own visits.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    auth::AccountId,
    clock::{Date, Timestamp, tokyo_midnight},
    db::{DbError, Tx},
    routes::{
        self, RouteId, StopId,
        model::{Text, Version},
    },
    staff::StaffId,
    training::{
        model::{
            Completion, Done, Facts, Office, Piece, ProgrammeId, RouteDistricts, Survey, Town, completion,
            on_day,
        },
        store::{self, Exemption, ProgrammeYear},
    },
    visits::{
        self,
        candidates::candidates,
        model::{FiscalYear, completed},
    },
};

/// One's own training in a fiscal year.
pub struct Own {
    /// The fiscal year.
    pub year: FiscalYear,
    /// The last day that counts.
    pub until: Date,
    /// The year's programmes; none for who is on no roster.
    pub programmes: BTreeMap<ProgrammeId, ProgrammeYear>,
    /// The steps of one's obligations.
    pub obligations: BTreeMap<ProgrammeId, Vec<Piece>>,
    /// What one asked HR for.
    pub exemptions: Vec<Exemption>,
    /// Routes that one walked any of.
    pub walks: Vec<Done>,
    /// What they are called.
    pub titles: HashMap<RouteId, Text>,
    /// Stops that one visited.
    pub visited: BTreeSet<StopId>,
    /// When one visited the first of them.
    pub walked_at: Option<Timestamp>,
    /// The last fiscal year before in which one completed each route.
    pub walked_before: HashMap<RouteId, FiscalYear>,
    /// Where people work, and where routes lead.
    pub town: Town,
    /// Where one works now.
    pub office: Option<Office>,
}

impl Own {
    /// Reads it, as of a day.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(
        tx: &mut Tx,
        account: AccountId,
        staff: Option<StaffId>,
        (year, today): (FiscalYear, Date),
    ) -> Result<Self, DbError> {
        let until = year.last().min(today);
        let found = visits::store::of_account(tx, account, year).await?;
        let visited = found.iter().map(|visit| visit.stop).collect();
        // Of what is long past, the day alone is known.
        let moments =
            found.iter().map(|visit| visit.moment.map_or(tokyo_midnight(visit.day), |moment| moment.at));
        let walked_at = moments.min();
        let routes: BTreeSet<RouteId> = found.iter().map(|visit| visit.route).collect();
        let walked_before = match staff {
            Some(staff) => store::last_walked_before(tx, staff, year).await?,
            None => HashMap::new(),
        };
        let (mut walks, mut titles) = (Vec::new(), HashMap::new());
        let mut districts = Vec::new();
        for route in routes {
            let versions: Vec<Version> = routes::store::versions(tx, route).await?;
            let walked = visits::store::walked(tx, account, route, year).await?;
            let candidates = candidates(&walked.versions, &versions, year, today);
            let found = completed(&walked.accepted, &candidates);
            walks.push(Done {
                route,
                day: found.day,
                proven_day: found.proven_day,
                outing_day: found.outing_day,
                last_walked: walked_before.get(&route).copied(),
            });
            districts.extend(
                versions.iter().map(|version| {
                    (route, version.effective_from, Arc::from(version.design.district.as_str()))
                }),
            );
            titles.extend(versions.last().map(|version| (route, version.design.title.clone())));
        }
        let mut obligations: BTreeMap<ProgrammeId, Vec<_>> = BTreeMap::new();
        let (mut programmes, mut exemptions) = (BTreeMap::new(), Vec::new());
        if let Some(staff) = staff {
            for step in store::steps_of(tx, staff, year).await? {
                obligations.entry(step.programme).or_default().push(step.piece);
            }
            exemptions = store::exemptions_of(tx, staff, year).await?;
            let years = store::years_of(tx, year).await?;
            programmes.extend(years.into_iter().map(|found| (found.programme.id, found)));
        }
        let been_in = obligations.values().flatten().map(|piece| piece.department).collect();
        let town = super::town_of(tx, been_in, RouteDistricts::new(districts)).await?;
        let now = obligations.values().find_map(|pieces| on_day(pieces, until));
        let office =
            now.and_then(|piece| town.offices.of(piece.department, until, &town.departments)).cloned();
        Ok(Self {
            year,
            until,
            programmes,
            obligations,
            exemptions,
            walks,
            titles,
            visited,
            walked_at,
            walked_before,
            town,
            office,
        })
    }

    /// How one stands to a programme, and how far one is; none where it is not for one.
    #[must_use]
    pub fn standing(&self, id: ProgrammeId) -> Option<(&ProgrammeYear, &Piece, Completion)> {
        let (found, pieces) = (self.programmes.get(&id)?, self.obligations.get(&id)?);
        let piece = on_day(pieces, self.until)?;
        let granted = self.asked(id).filter(|one| one.granted == Some(true));
        let desk: Vec<Date> = granted.filter_map(|one| one.asked.day).collect();
        let facts = Facts { walks: &self.walks, desk: &desk, pieces, town: &self.town };
        let so_far = completion(&found.rule.requirement, piece.routes, facts, self.year, self.until);
        Some((found, piece, so_far))
    }

    /// What one asked for in a programme.
    pub fn asked(&self, id: ProgrammeId) -> impl Iterator<Item = &Exemption> {
        self.exemptions.iter().filter(move |one| one.asked.programme == id)
    }

    /// What decides whether one's sheets are taken; none where the programme is not for one, or asks nothing.
    #[must_use]
    pub fn survey(&self, id: ProgrammeId) -> Option<(&ProgrammeYear, Survey)> {
        let (found, _, so_far) = self.standing(id)?;
        let survey =
            Survey { year: self.year, walked_at: self.walked_at, is_completed: so_far.day.is_some() };
        (!found.rule.questions.is_empty()).then_some((found, survey))
    }

    /// The routes that one completed.
    #[must_use]
    pub fn completed_routes(&self) -> BTreeSet<RouteId> {
        self.walks.iter().filter(|done| done.day.is_some()).map(|done| done.route).collect()
    }
}

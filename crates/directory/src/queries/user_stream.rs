//! Lists of users: a page, or all of them piece by piece in bounded memory.

use crate::{Directory, text::is_storable};
use provost_model::{GroupNumber, Result, TenantId, UserNumber, fold};
use provost_store::{
    Read, Tx,
    tables::{
        search,
        search_page::{self, SearchPage},
        user_lists::{self, Listed, Walk},
    },
};
use std::collections::HashSet;

/// How many rows one step reads.
const STEP: i64 = 500;
/// Up to how many hits a search takes from its index; if there are more, walking the list's own order meets enough of them soon.
const INDEXED_HITS: i64 = 1000;

/// How many users are walked at first to tell whether many match, and for each that matches as long as it goes on.
const PACE: usize = 32;
/// How many hits whose names begin alike are sorted, before and after it was tried to meet them by walking.
const CROWDS: [usize; 2] = [64, 16_384];
/// A list of so many users is walked rather than looked up.
const SMALL: i64 = 128;

/// Whose users a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// All users of the tenant.
    All,
    /// The disabled ones.
    Disabled,
    /// The disabled ones among the members of the groups that this user administers.
    DisabledOf(UserNumber),
    /// The members of a group.
    Group(GroupNumber),
    /// The members of the groups that this user administers.
    Administered(UserNumber),
}

/// A list of users on its way: pieces of at most a step's length in the order of folded logins.
pub struct UserStream {
    directory: Directory,
    source: Source,
}

enum Source {
    /// What is left of a list that is known already, last first.
    Known(Vec<Listed>),
    Walk(Filtered),
    Done,
}

/// A walk with what it filters by.
#[derive(Clone)]
struct Filtered {
    tenant: TenantId,
    audience: Audience,
    walk: Walk,
    search: Option<String>,
    skip: u64,
    after: String,
}

impl Directory {
    /// The users of an audience whose login, display name or contact e-mail holds `search`, the first `offset` left out, in pieces.
    /// The offset counts in the order of pages, see [`Directory::user_page`]; the pieces come in the order of logins.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn user_stream(
        &self,
        tenant: TenantId,
        audience: Audience,
        search: Option<&str>,
        offset: u64,
    ) -> Result<UserStream> {
        if !search.is_none_or(is_storable) {
            return Ok(UserStream {
                directory: self.clone(),
                source: Source::Done,
            });
        }
        let search = search.map(fold).filter(|search| !search.is_empty());
        let open = Open {
            tenant,
            audience,
            search,
            offset,
        };
        let source = self.read_audience(audience, &open).await?;
        Ok(UserStream {
            directory: self.clone(),
            source,
        })
    }

    /// A page of the same list. All users of a tenant stand in the order of their display names, other audiences in that of
    /// their logins; the page itself is in the order of logins.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn user_page(
        &self,
        tenant: TenantId,
        audience: Audience,
        search: Option<&str>,
        limit: u32,
        offset: u64,
    ) -> Result<Vec<Listed>> {
        if !search.is_none_or(is_storable) {
            return Ok(Vec::new());
        }
        let search = search.map(fold).filter(|search| !search.is_empty());
        let page = Page {
            tenant,
            audience,
            search,
            limit: usize::try_from(limit).unwrap_or(usize::MAX),
            offset,
        };
        let mut page = self.read_audience(audience, &page).await?;
        page.sort_by(|a, b| a.login_key.cmp(&b.login_key));
        Ok(page)
    }

    /// Reads of a list of this audience, on a replica unless the list ends where a right does: a replica may not have heard yet that the
    /// right is gone.
    async fn read_audience<R: Read>(&self, audience: Audience, query: &R) -> Result<R::Output> {
        match audience {
            Audience::All | Audience::Disabled | Audience::Group(_) => self.read_list(query).await,
            Audience::DisabledOf(_) | Audience::Administered(_) => self.read(query).await,
        }
    }
}

impl UserStream {
    /// The next piece; an empty one at the end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn next(&mut self) -> Result<Vec<Listed>> {
        loop {
            match &mut self.source {
                Source::Done => return Ok(Vec::new()),
                Source::Known(rest) => {
                    let from = rest
                        .len()
                        .saturating_sub(usize::try_from(STEP).unwrap_or_default());
                    let piece: Vec<Listed> = rest.drain(from..).rev().collect();
                    return Ok(piece);
                }
                Source::Walk(walk) => {
                    let (piece, next) = self.directory.read_audience(walk.audience, &*walk).await?;
                    self.source = next.map_or(Source::Done, Source::Walk);
                    if !piece.is_empty() {
                        return Ok(piece);
                    }
                }
            }
        }
    }
}

impl Audience {
    const fn walk(self) -> Walk {
        match self {
            Self::All => Walk::All,
            Self::Disabled | Self::DisabledOf(_) => Walk::Disabled,
            Self::Group(group) => Walk::Group(group),
            Self::Administered(user) => Walk::Administered(user),
        }
    }

    /// The walk that a user has to be on besides.
    const fn also(self) -> Option<Walk> {
        match self {
            Self::DisabledOf(user) => Some(Walk::Administered(user)),
            Self::All | Self::Disabled | Self::Group(_) | Self::Administered(_) => None,
        }
    }
}

struct Open {
    tenant: TenantId,
    audience: Audience,
    search: Option<String>,
    offset: u64,
}

impl Read for Open {
    type Output = Source;

    async fn run(&self, tx: &mut Tx) -> Result<Source> {
        if let Some(search) = &self.search
            && let Some(mut hits) = indexed(tx, self.tenant, self.audience, search).await?
        {
            order_for_pages(self.audience, &mut hits);
            hits.drain(
                ..hits
                    .len()
                    .min(usize::try_from(self.offset).unwrap_or(usize::MAX)),
            );
            hits.sort_by(|a, b| b.login_key.cmp(&a.login_key));
            return Ok(Source::Known(hits));
        }
        let mut walk = Filtered {
            tenant: self.tenant,
            audience: self.audience,
            walk: self.audience.walk(),
            search: self.search.clone(),
            skip: self.offset,
            after: String::new(),
        };
        if self.audience == Audience::All && self.offset > 0 {
            // the users left out are the first by display name, while the pieces come by login
            let Some(last) =
                last_left_out(tx, self.tenant, self.search.as_deref(), self.offset).await?
            else {
                return Ok(Source::Done);
            };
            walk.walk = Walk::AfterName(last.display_key, last.login_key);
            walk.skip = 0;
        }
        Ok(Source::Walk(walk))
    }
}

/// The last of the first `offset` users in the order of display names; none if there are fewer.
async fn last_left_out(
    tx: &mut Tx,
    tenant: TenantId,
    search: Option<&str>,
    offset: u64,
) -> Result<Option<Listed>> {
    match search {
        None => {
            let before = i64::try_from(offset - 1).unwrap_or(i64::MAX);
            Ok(user_lists::by_name(tx, tenant, ("", ""), 1, before)
                .await?
                .pop())
        }
        Some(search) => {
            let wanted = usize::try_from(offset).unwrap_or(usize::MAX);
            let first = matching_by_name(tx, tenant, search, wanted - 1, 1).await?;
            Ok(first.into_iter().next())
        }
    }
}

impl Read for Filtered {
    type Output = (Vec<Listed>, Option<Self>);

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let mut next = self.clone();
        let rows = user_lists::by_login(tx, self.tenant, &self.walk, &self.after, STEP).await?;
        let ended = i64::try_from(rows.len()).is_ok_and(|rows| rows < STEP);
        if let Some(last) = rows.last() {
            next.after.clone_from(&last.login_key);
        }
        let mut piece = self.filter(tx, rows).await?;
        let skipped = piece
            .len()
            .min(usize::try_from(self.skip).unwrap_or(usize::MAX));
        piece.drain(..skipped);
        next.skip -= skipped as u64;
        Ok((piece, (!ended).then_some(next)))
    }
}

impl Filtered {
    async fn filter(&self, tx: &mut Tx, mut rows: Vec<Listed>) -> Result<Vec<Listed>> {
        if let Some(search) = &self.search {
            rows.retain(|row| row.matches(search));
        }
        match self.audience.also() {
            Some(walk) => only_on(tx, self.tenant, &walk, rows).await,
            None => Ok(rows),
        }
    }
}

struct Page {
    tenant: TenantId,
    audience: Audience,
    search: Option<String>,
    limit: usize,
    offset: u64,
}

impl Read for Page {
    type Output = Vec<Listed>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let offset = usize::try_from(self.offset).unwrap_or(usize::MAX);
        if let Some(search) = &self.search {
            if self.audience == Audience::All {
                return matching_by_name(tx, self.tenant, search, offset, self.limit).await;
            }
            if let Some(mut hits) = indexed(tx, self.tenant, self.audience, search).await? {
                order_for_pages(self.audience, &mut hits);
                return Ok(hits.into_iter().skip(offset).take(self.limit).collect());
            }
        } else if self.audience == Audience::All {
            let (limit, offset) = (
                i64::try_from(self.limit).unwrap_or(i64::MAX),
                i64::try_from(offset).unwrap_or(i64::MAX),
            );
            return user_lists::by_name(tx, self.tenant, ("", ""), limit, offset).await;
        }
        let mut walk = Some(Filtered {
            tenant: self.tenant,
            audience: self.audience,
            walk: self.audience.walk(),
            search: self.search.clone(),
            skip: self.offset,
            after: String::new(),
        });
        let mut page = Vec::new();
        while let Some(step) = walk
            && page.len() < self.limit
        {
            let (piece, next) = step.run(tx).await?;
            page.extend(piece.into_iter().take(self.limit - page.len()));
            walk = next;
        }
        Ok(page)
    }
}

/// The first users by display name that a search matches, `offset` left out.
///
/// A list that many match is walked, and few of it are met. Where the first users tell that this takes long, the index is asked: on SQLite it
/// gives the page itself, in order; else as many as can be sorted, and if there are more, they are met soon by walking.
async fn matching_by_name(
    tx: &mut Tx,
    tenant: TenantId,
    search: &str,
    offset: usize,
    limit: usize,
) -> Result<Vec<Listed>> {
    let mut page = NamedPage {
        tenant,
        search,
        after: (String::new(), String::new()),
        skip: offset,
        limit,
        found: Vec::new(),
    };
    if page.walk_while_many(tx).await? {
        return Ok(page.found);
    }
    if !user_lists::are_more_than(tx, tenant, SMALL).await? {
        while !page.walk(tx, SMALL).await? {}
        return Ok(page.found);
    }
    if search_page::are_indexed(tx) {
        let mut index = SearchPage::begin(tx, tenant, search, (offset, limit)).await?;
        for crowd in CROWDS {
            let crowd = match index.gather(tx, crowd).await? {
                Ok(found) => return Ok(found),
                Err(crowd) => crowd,
            };
            (page.found, page.after, page.skip) = (crowd.listed, crowd.after, crowd.skip);
            if page.walk_while_many(tx).await? {
                return Ok(page.found);
            }
        }
    } else if let Some(mut hits) = indexed(tx, tenant, Audience::All, search).await? {
        order_for_pages(Audience::All, &mut hits);
        return Ok(hits.into_iter().skip(offset).take(limit).collect());
    }
    while !page.walk(tx, STEP).await? {}
    Ok(page.found)
}

/// A page of a search on its way through the order of display names.
struct NamedPage<'a> {
    tenant: TenantId,
    search: &'a str,
    after: (String, String),
    skip: usize,
    limit: usize,
    found: Vec<Listed>,
}

impl NamedPage<'_> {
    /// Walks on as long as so many match that this is the shortest way; true if the page is complete.
    async fn walk_while_many(&mut self, tx: &mut Tx) -> Result<bool> {
        let missing = |page: &Self| page.skip.saturating_add(page.limit - page.found.len());
        let wanted = missing(self);
        let (mut walked, mut rows) = (0, PACE);
        while !self
            .walk(tx, i64::try_from(rows).unwrap_or(i64::MAX))
            .await?
        {
            walked += rows;
            let matched = wanted - missing(self);
            if matched.saturating_mul(PACE) <= walked {
                return Ok(false);
            }
            rows = walked;
        }
        Ok(true)
    }

    /// Walks on by so many users; true if the page is complete.
    async fn walk(&mut self, tx: &mut Tx, rows: i64) -> Result<bool> {
        let wanted = self.limit - self.found.len();
        if wanted == 0 {
            return Ok(true);
        }
        let after = (self.after.0.as_str(), self.after.1.as_str());
        let bounds = (self.skip, wanted);
        let walked =
            user_lists::matching_by_name(tx, self.tenant, after, self.search, rows, bounds).await?;
        self.skip -= walked.skipped;
        self.found.extend(walked.found);
        if let Some(last) = walked.last {
            self.after = last;
        }
        Ok(walked.is_over || self.found.len() == self.limit)
    }
}

/// All users of an audience that a search matches, from the index; none if there are too many to hold.
async fn indexed(
    tx: &mut Tx,
    tenant: TenantId,
    audience: Audience,
    search: &str,
) -> Result<Option<Vec<Listed>>> {
    let mut hits = search::hits(tx, tenant, search, INDEXED_HITS + 1).await?;
    if i64::try_from(hits.len()).is_ok_and(|hits| hits > INDEXED_HITS) {
        return Ok(None);
    }
    if matches!(audience, Audience::Disabled | Audience::DisabledOf(_)) {
        hits.retain(|hit| !hit.enabled);
    }
    let mut hits: Vec<Listed> = hits.into_iter().map(|hit| hit.listed).collect();
    let walk = audience.also().unwrap_or_else(|| audience.walk());
    if matches!(walk, Walk::Group(_) | Walk::Administered(_)) {
        hits = only_on(tx, tenant, &walk, hits).await?;
    }
    Ok(Some(hits))
}

async fn only_on(
    tx: &mut Tx,
    tenant: TenantId,
    walk: &Walk,
    mut rows: Vec<Listed>,
) -> Result<Vec<Listed>> {
    let numbers: Vec<UserNumber> = rows.iter().map(|row| row.number).collect();
    let stay: HashSet<UserNumber> = user_lists::among(tx, tenant, walk, &numbers)
        .await?
        .into_iter()
        .collect();
    rows.retain(|row| stay.contains(&row.number));
    Ok(rows)
}

fn order_for_pages(audience: Audience, hits: &mut [Listed]) {
    match audience {
        Audience::All => {
            hits.sort_by(|a, b| (&a.display_key, &a.login_key).cmp(&(&b.display_key, &b.login_key)))
        }
        Audience::Disabled
        | Audience::DisabledOf(_)
        | Audience::Group(_)
        | Audience::Administered(_) => {
            hits.sort_by(|a, b| a.login_key.cmp(&b.login_key));
        }
    }
}

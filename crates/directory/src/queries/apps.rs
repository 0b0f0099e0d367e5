//! Apps and their settings.

use crate::{Directory, text::is_storable};
use provost_model::{Result, TenantId};
use provost_store::{
    Read, Tx,
    tables::{app_settings, apps},
};

impl Directory {
    /// The apps that a tenant enabled or disabled itself.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn chosen_apps(&self, tenant: TenantId) -> Result<Vec<(String, bool)>> {
        self.read(&Chosen { tenant }).await
    }

    /// A setting of an app, if it is set.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn app_setting(
        &self,
        tenant: TenantId,
        app: &str,
        key: &str,
    ) -> Result<Option<String>> {
        if !is_storable(app) || !is_storable(key) {
            return Ok(None);
        }
        self.read(&Setting { tenant, app, key }).await
    }

    /// Up to `limit` apps with settings after `after`, in their order.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn apps_with_settings(
        &self,
        tenant: TenantId,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>> {
        self.read(&WithSettings {
            tenant,
            after,
            limit,
        })
        .await
    }

    /// Up to `limit` keys of an app's settings after `after`, in their order.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn app_setting_keys(
        &self,
        tenant: TenantId,
        app: &str,
        after: &str,
        limit: i64,
    ) -> Result<Vec<String>> {
        if !is_storable(app) {
            return Ok(Vec::new());
        }
        self.read(&Keys {
            tenant,
            app,
            after,
            limit,
        })
        .await
    }
}

struct Chosen {
    tenant: TenantId,
}

impl Read for Chosen {
    type Output = Vec<(String, bool)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        apps::of_tenant(tx, self.tenant).await
    }
}

struct Setting<'a> {
    tenant: TenantId,
    app: &'a str,
    key: &'a str,
}

impl Read for Setting<'_> {
    type Output = Option<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        app_settings::get(tx, self.tenant, self.app, self.key).await
    }
}

struct WithSettings<'a> {
    tenant: TenantId,
    after: &'a str,
    limit: i64,
}

impl Read for WithSettings<'_> {
    type Output = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        app_settings::apps(tx, self.tenant, self.after, self.limit).await
    }
}

struct Keys<'a> {
    tenant: TenantId,
    app: &'a str,
    after: &'a str,
    limit: i64,
}

impl Read for Keys<'_> {
    type Output = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        app_settings::keys(tx, self.tenant, self.app, self.after, self.limit).await
    }
}

//! OpenLDAP's slapd: durable, with substring indexes, asked without a login.

use crate::{
    Result, data,
    load::{
        self, Measured,
        ldap::{self, Operation},
    },
    process::Process,
};
use std::{
    fs,
    io::{BufWriter, Write as _},
    net::TcpListener,
    path::Path,
    process::Command,
};

/// Reads entries by their names.
pub(crate) const GET: &str = "slapd get, without a login";
/// Adds entries.
pub(crate) const ADD: &str = "slapd add, durable";

/// Where Debian puts what it needs.
const SETTINGS: &str = "
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
allow update_anon
access to * by * write
database mdb
maxsize 17179869184
suffix \"dc=bench\"
directory FOLDER
index objectClass eq
index uid,mail eq,sub
index displayName sub
access to * by * write
";

/// A slapd that serves the users as entries.
pub(crate) struct Slapd {
    server: Process,
    users: u32,
}

impl Slapd {
    /// Fills and starts one, in a folder that is there.
    pub(crate) fn start(folder: &Path, users: u32) -> Result<Self> {
        let data = folder.join("slapd");
        fs::create_dir(&data)?;
        let settings = folder.join("slapd.conf");
        fs::write(
            &settings,
            SETTINGS.replace("FOLDER", &data.display().to_string()),
        )?;
        let entries = folder.join("users.ldif");
        write(&entries, users)?;
        let loaded = Command::new("/usr/sbin/slapadd")
            .arg("-q")
            .arg("-f")
            .arg(&settings)
            .arg("-l")
            .arg(&entries)
            .output()
            .map_err(|error| format!("slapadd: {error}"))?;
        if !loaded.status.success() {
            return Err(format!("slapadd: {}", String::from_utf8_lossy(&loaded.stderr)).into());
        }
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let server = Process::silent(
            Command::new("/usr/sbin/slapd")
                .args(["-d", "0", "-h", &format!("ldap://{address}")])
                .arg("-f")
                .arg(&settings),
            address,
        )?;
        Ok(Self { server, users })
    }

    /// Measures [`GET`].
    pub(crate) fn get(&self, clients: u32, seconds: u32) -> Result<Measured> {
        let users = u64::from(self.users);
        self.run(clients, seconds, move |n| {
            let number = u32::try_from(n * 7919 % users).unwrap_or_default();
            Operation::Get(format!("uid={},dc=bench", data::User::number(number).login))
        })
    }

    /// Measures [`ADD`]; nobody is added by two loads with different `first` numbers, a million apart.
    pub(crate) fn add(&self, first: u32, clients: u32, seconds: u32) -> Result<Measured> {
        self.run(clients, seconds, move |n| {
            let number = u32::try_from(n).unwrap_or_default();
            let user = data::User::number(first + number);
            Operation::Add(
                format!("uid={},dc=bench", user.login),
                vec![
                    ("objectClass", "inetOrgPerson".to_owned()),
                    ("cn", user.display_name.clone()),
                    ("sn", user.display_name.clone()),
                    ("displayName", user.display_name),
                    ("mail", user.email),
                ],
            )
        })
    }

    fn run(
        &self,
        clients: u32,
        seconds: u32,
        operation: impl Fn(u64) -> Operation + Clone + Send + 'static,
    ) -> Result<Measured> {
        load::measure(&self.server, || {
            ldap::run(&self.server.address, clients, seconds, operation)
        })
    }
}

/// Writes the users as entries.
fn write(path: &Path, users: u32) -> Result<()> {
    let mut file = BufWriter::new(fs::File::create(path)?);
    writeln!(
        file,
        "dn: dc=bench\nobjectClass: dcObject\nobjectClass: organization\no: bench\ndc: bench\n"
    )?;
    for number in 0..users {
        let user = data::User::number(number);
        writeln!(
            file,
            "dn: uid={0},dc=bench\nobjectClass: inetOrgPerson\nuid: {0}\ncn: {1}\nsn: {1}\ndisplayName: {1}\nmail: {2}\n",
            user.login, user.display_name, user.email
        )?;
    }
    Ok(file.flush()?)
}

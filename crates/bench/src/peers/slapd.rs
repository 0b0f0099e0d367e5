//! OpenLDAP's slapd: durable, with substring indexes, asked without a login.

use crate::{
    Cli, Result, data,
    load::{
        self,
        ldap::{self, Operation},
    },
    process::Process,
    report::{Report, Row},
};
use std::{
    fs,
    io::{BufWriter, Write as _},
    net::TcpListener,
    process::Command,
};

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

/// Measures reading and adding, with so many entries.
pub(crate) fn measure(cli: &Cli, users: u32, report: &mut Report) -> Result<()> {
    if !report.wants("slapd") {
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    fs::create_dir(&data)?;
    let settings = folder.path().join("slapd.conf");
    fs::write(
        &settings,
        SETTINGS.replace("FOLDER", &data.display().to_string()),
    )?;
    let entries = folder.path().join("users.ldif");
    let mut file = BufWriter::new(fs::File::create(&entries)?);
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
    file.flush()?;
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
    let get = move |n: u64| {
        let number = u32::try_from(n * 7919 % u64::from(users)).unwrap_or_default();
        Operation::Get(format!("uid={},dc=bench", data::User::number(number).login))
    };
    let measured = load::measure(&server, || ldap::run(&server.address, 64, cli.seconds, get))?;
    report.add(Row::load("slapd get, without a login", users, 64, measured));
    let add = |n: u64| {
        let user = data::User::number(100_000_000 + u32::try_from(n).unwrap_or_default());
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
    };
    for connections in [1, 8, 64] {
        let first = u64::from(connections) * 1_000_000;
        let add = move |n| add(first + n);
        let measured = load::measure(&server, || {
            ldap::run(&server.address, connections, cli.seconds, add)
        })?;
        report.add(Row::load(
            "slapd add, durable",
            users,
            connections,
            measured,
        ));
    }
    Ok(())
}

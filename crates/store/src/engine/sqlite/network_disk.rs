//! SQLite's locks and shared memory do not work across machines, so a database on a network disk is refused.

use std::{
    ffi::OsString,
    os::unix::ffi::OsStringExt,
    path::{Path, PathBuf},
};

use provost_model::{Error, Result};

/// File systems that other machines can write to, by their names in Linux's mountinfo.
const NETWORK: [&str; 22] = [
    "9p",
    "acfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "fuse.ceph",
    "fuse.cephfs",
    "fuse.glusterfs",
    "fuse.rclone",
    "fuse.s3fs",
    "fuse.sshfs",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "smb3",
    "smbfs",
];

/// Refuses a database on a network file system. Where there is no mountinfo nothing is known and nothing refused.
///
/// # Errors
/// [`Error::Internal`] naming the file system.
pub(super) fn refuse(path: &Path) -> Result<()> {
    let mounts = std::fs::read("/proc/self/mountinfo").unwrap_or_default();
    match file_system(&mounts, path) {
        Some(kind) if NETWORK.contains(&kind.as_str()) => Err(Error::Internal(format!(
            "{} is on a network file system ({kind}), where SQLite loses data: use a local disk, or PostgreSQL",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// The kind of file system that holds a canonical path: that of the deepest mount point above it, the last one mounted there.
fn file_system(mountinfo: &[u8], path: &Path) -> Option<String> {
    mountinfo
        .split(|byte| *byte == b'\n')
        .filter_map(mount)
        .filter(|(point, _)| path.starts_with(point))
        .max_by_key(|(point, _)| point.components().count())
        .map(|(_, kind)| kind)
}

/// The mount point and kind of one line: the fifth field, and the first after a lone `-` (proc_pid_mountinfo(5)).
fn mount(line: &[u8]) -> Option<(PathBuf, String)> {
    let mut fields = line.split(|byte| *byte == b' ');
    let point = fields.nth(4)?;
    let kind = fields.skip_while(|field| *field != b"-").nth(1)?;
    Some((unescape(point), String::from_utf8_lossy(kind).into_owned()))
}

/// Blanks, tabs, newlines and backslashes are written as `\` and three octal digits.
fn unescape(field: &[u8]) -> PathBuf {
    let mut path = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((&byte, after)) = rest.split_first() {
        let digits = (byte == b'\\').then(|| after.first_chunk::<3>()).flatten();
        match digits.and_then(octal) {
            Some(escaped) => {
                path.push(escaped);
                rest = &after[3..];
            }
            None => {
                path.push(byte);
                rest = after;
            }
        }
    }
    OsString::from_vec(path).into()
}

fn octal(digits: &[u8; 3]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(text, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &[u8] = b"22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw\n\
        30 22 0:40 / /srv/a\\040b rw - nfs4 host:/x rw\n\
        31 22 0:41 / /srv rw shared:2 master:3 - cifs //host/y rw\n\
        32 31 254:1 / /srv rw - xfs /dev/vdb rw\n";

    #[test]
    fn the_deepest_and_last_mount_holds_a_path() {
        let kind = |path: &str| file_system(MOUNTS, Path::new(path));
        assert_eq!(kind("/var/lib/provost.db").as_deref(), Some("ext4"));
        assert_eq!(kind("/srv/a b/provost.db").as_deref(), Some("nfs4"));
        assert_eq!(kind("/srv/provost.db").as_deref(), Some("xfs"));
        assert_eq!(kind("/srv/a bc").as_deref(), Some("xfs"));
    }

    #[test]
    fn garbage_is_no_mount() {
        assert_eq!(file_system(b"\n- \n1 2 3 4 5", Path::new("/")), None);
        assert_eq!(unescape(b"/a\\9zz\\04"), Path::new("/a\\9zz\\04"));
    }

    #[test]
    fn this_machine_is_understood() {
        assert!(
            file_system(
                &std::fs::read("/proc/self/mountinfo").unwrap_or_default(),
                Path::new("/")
            )
            .is_some()
        );
        assert!(refuse(Path::new("/")).is_ok());
    }
}

//! Digests, salted or not, as LDAP servers keep them: `{SSHA}`, `{SHA256}` and kin; and bare SHA-1, as ownCloud once had it. They are weak,
//! which is why they live until the next login alone.

use super::{Unusable, encoding};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha512};
use subtle::ConstantTimeEq as _;

/// The most bytes of a salt.
const LONGEST_SALT: usize = 64;

#[derive(Clone, Copy)]
enum Function {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

/// A hash that can be checked.
pub(super) struct Hash {
    function: Function,
    output: Vec<u8>,
    salt: Vec<u8>,
}

impl Hash {
    /// What stands behind a scheme in braces, in base64: the digest, and behind it the salt, if it is salted.
    pub(super) fn ldap(name: &str, rest: &str) -> Result<Self, Unusable> {
        let (function, salted) = match name {
            "MD5" => (Function::Md5, false),
            "SMD5" => (Function::Md5, true),
            "SHA" | "SHA1" => (Function::Sha1, false),
            "SSHA" => (Function::Sha1, true),
            "SHA256" => (Function::Sha256, false),
            "SSHA256" => (Function::Sha256, true),
            "SHA512" => (Function::Sha512, false),
            "SSHA512" => (Function::Sha512, true),
            _ => return Err(Unusable::Unknown),
        };
        let mut output = encoding::base64(rest)?;
        let length = function.length();
        if output.len() < length {
            return Err(Unusable::Unknown);
        }
        let salt = output.split_off(length);
        if salt.is_empty() == salted || salt.len() > LONGEST_SALT {
            return Err(Unusable::Unknown);
        }
        Ok(Self {
            function,
            output,
            salt,
        })
    }

    /// Whether a text has the form of a bare SHA-1.
    pub(super) fn is_bare(text: &str) -> bool {
        text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    }

    /// A bare SHA-1 in hexadecimal digits.
    pub(super) fn bare(text: &str) -> Result<Self, Unusable> {
        Ok(Self {
            function: Function::Sha1,
            output: encoding::hex(text)?,
            salt: Vec::new(),
        })
    }

    pub(super) fn verify(&self, password: &str) -> bool {
        let whole = [password.as_bytes(), &self.salt].concat();
        let output = match self.function {
            Function::Md5 => Md5::digest(&whole).to_vec(),
            Function::Sha1 => Sha1::digest(&whole).to_vec(),
            Function::Sha256 => Sha256::digest(&whole).to_vec(),
            Function::Sha512 => Sha512::digest(&whole).to_vec(),
        };
        output.ct_eq(&self.output).into()
    }
}

impl Function {
    const fn length(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

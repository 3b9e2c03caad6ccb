//! A request as the server gets it: collect the headers, look up the secret of the system that it
//! says it is from, prove it, and from then on use only what was proved.

use aws_lc_rs::hmac;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

use super::{PREFIX, stamp};

/// The kit itself allows headers of two million characters; none that is honest comes near this.
const SIGNED_BYTES: usize = 256 << 10;
const SIGNED_KEYS: usize = 64;
const RECIPIENTS: usize = 10_000;
/// The kit keeps what it once said: who fetches by `docId` and acknowledges by `docid` sends both
/// from then on, with two values.
const DOC_ID: &str = "docid";

/// Why a request is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    #[error("the header {PREFIX}{name} is missing")]
    Missing { name: &'static str },
    #[error("the header {name} is there twice, with two values")]
    Twice { name: String },
    #[error("the signed text is not a JSON object of texts")]
    SignedText,
    #[error("the list of signed names and the signed text do not fit")]
    Names,
    #[error("the header {name} is not what was signed")]
    Differs { name: String },
    #[error("the keyed hash is wrong")]
    Wrong,
    #[error("the time is not written 21112026T205858+0533")]
    Time,
    #[error("the request is older, or younger, than is taken")]
    Age,
    #[error("the list of receivers is not a JSON array of codes")]
    Recipients,
}

/// The headers of a request that nobody has proved yet.
#[derive(Debug, Clone)]
pub struct Request {
    /// Names in lower case, without the prefix. One name may be there with two values until it is
    /// known what was signed.
    headers: Vec<(String, String)>,
    content_type: Option<String>,
}

impl Request {
    /// Collects what the scheme needs of all headers; names in any case.
    ///
    /// # Errors
    /// [`ProofFault::Twice`] of the content type: of two that differ, a proxy could read one and we
    /// the other.
    pub fn collect<'h>(
        all: impl IntoIterator<Item = (&'h str, &'h str)>,
    ) -> Result<Request, ProofFault> {
        let mut headers: Vec<(String, String)> = Vec::new();
        let mut content_type = None;
        for (name, value) in all {
            let is_type = name.eq_ignore_ascii_case("content-type");
            if is_type && content_type.replace(value.to_owned()).is_some() {
                return Err(ProofFault::Twice { name: name.to_owned() });
            }
            let Some(short) = without_prefix(name) else { continue };
            let short = short.to_ascii_lowercase();
            if !headers.iter().any(|(held, said)| *held == short && said == value) {
                headers.push((short, value.to_owned()));
            }
        }
        Ok(Request { headers, content_type })
    }

    /// Whose secret to try. Nothing of it is proved.
    ///
    /// # Errors
    /// [`ProofFault::Missing`]
    pub fn system_id(&self) -> Result<&str, ProofFault> {
        self.header("systemid")
    }

    /// Proves the request with the secret of the system: first the keyed hash, in constant time and
    /// over the text as it was received, then that the headers say what the text says.
    ///
    /// # Errors
    /// [`ProofFault`]
    pub fn prove(&self, secret: &[u8]) -> Result<Proved, ProofFault> {
        let missing = |name| ProofFault::Missing { name };
        let text = self.header("sign-header")?;
        let names = self.header("sign-header-key")?;
        let hash = self.header("hash-header")?;
        if text.len() > SIGNED_BYTES {
            return Err(ProofFault::SignedText);
        }
        let hash = from_hexadecimal(hash).ok_or(ProofFault::Wrong)?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        hmac::verify(&key, text.as_bytes(), &hash).map_err(|_| ProofFault::Wrong)?;
        let Signed(values) = serde_json::from_str(text).map_err(|_| ProofFault::SignedText)?;
        let mut listed: Vec<String> = names.split(';').map(str::to_ascii_lowercase).collect();
        let mut signed: Vec<String> =
            values.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
        for names in [&mut listed, &mut signed] {
            names.sort_unstable();
            names.dedup();
        }
        if listed != signed {
            return Err(ProofFault::Names);
        }
        self.agree(&values)?;
        let proved = Proved { values };
        let needed = ["systemid", "timestamp"].into_iter().find(|name| proved.get(name).is_none());
        if let Some(name) = needed {
            return Err(missing(name));
        }
        // The plain one is what everyone on the way reads.
        match (&self.content_type, proved.get("content-type")) {
            (Some(plain), Some(signed)) if plain != signed => {
                Err(ProofFault::Differs { name: "content-type".to_owned() })
            }
            _ => Ok(proved),
        }
    }

    /// In the headers of each signed name stands what was signed, and nothing else. Of two values
    /// one may be missing: HTTP clients that tell no cases apart send only the last.
    fn agree(&self, signed: &[(String, String)]) -> Result<(), ProofFault> {
        for (name, _) in signed {
            let (said, values) = (values_of(&self.headers, name), values_of(signed, name));
            let fitting = said.iter().filter(|said| values.contains(said)).count();
            let name = name.to_ascii_lowercase();
            match fitting {
                0 => return Err(ProofFault::Differs { name }),
                _ if fitting < said.len() => return Err(ProofFault::Twice { name }),
                _ => {}
            }
        }
        Ok(())
    }

    /// What may be there only once.
    fn header(&self, name: &'static str) -> Result<&str, ProofFault> {
        let mut all = self.headers.iter().filter(|(held, _)| held == name);
        match (all.next(), all.next()) {
            (Some((_, value)), None) => Ok(value),
            (Some(_), Some(_)) => Err(ProofFault::Twice { name: name.to_owned() }),
            (None, _) => Err(ProofFault::Missing { name }),
        }
    }
}

/// All values of a name, in any case.
fn values_of<'a>(all: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    let of_name = all.iter().filter(|(held, _)| held.eq_ignore_ascii_case(name));
    of_name.map(|(_, value)| value.as_str()).collect()
}

/// What a system has said for certain. Headers that it did not sign are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    values: Vec<(String, String)>,
}

impl Proved {
    /// The value of `docId` and the like. A name written so goes before one in another case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let as_it_is = self.values.iter().find(|(held, _)| held == name);
        let found = as_it_is
            .or_else(|| self.values.iter().find(|(held, _)| held.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value.as_str())
    }

    pub fn system_id(&self) -> &str {
        self.get("systemid").unwrap_or_default()
    }

    /// Whether it was said near `now`. The kit takes the time once, when it starts, and clocks
    /// stray: the window is for the operator to choose.
    ///
    /// # Errors
    /// [`ProofFault::Time`], [`ProofFault::Age`]
    pub fn timely(&self, now: Timestamp, window: SignedDuration) -> Result<(), ProofFault> {
        let said = self.get("timestamp").and_then(stamp::read).ok_or(ProofFault::Time)?;
        match now.duration_since(said).abs() <= window {
            true => Ok(()),
            false => Err(ProofFault::Age),
        }
    }

    /// The receivers named beside the packet, `None` when those in the packet are meant. The kit
    /// writes a JSON text that holds a JSON array.
    ///
    /// # Errors
    /// [`ProofFault::Recipients`]
    pub fn recipients(&self) -> Result<Option<Vec<String>>, ProofFault> {
        let Some(text) = self.get("to").filter(|text| !text.is_empty()) else { return Ok(None) };
        let fault = |_| ProofFault::Recipients;
        let inner: String = match text.starts_with('"') {
            true => serde_json::from_str(text).map_err(fault)?,
            false => text.to_owned(),
        };
        let codes: Vec<String> = serde_json::from_str(&inner).map_err(fault)?;
        let is_code = |code: &String| !code.trim().is_empty() && code.len() <= 140;
        match codes.len() <= RECIPIENTS && codes.iter().all(is_code) {
            true => Ok(Some(codes).filter(|codes| !codes.is_empty())),
            false => Err(ProofFault::Recipients),
        }
    }
}

/// The JSON object, names without their prefix.
struct Signed(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Signed {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Signed, D::Error> {
        source.deserialize_map(SignedVisitor)
    }
}

struct SignedVisitor;

impl<'de> Visitor<'de> for SignedVisitor {
    type Value = Signed;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("an object of texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Signed, A::Error> {
        let mut values: Vec<(String, String)> = Vec::new();
        while let Some((name, value)) = map.next_entry::<String, String>()? {
            let short = without_prefix(&name);
            let short = short.ok_or_else(|| de::Error::custom("a name without the prefix"))?;
            let is_it = |(held, _): &&(String, String)| held.eq_ignore_ascii_case(short);
            match values.iter().find(is_it) {
                Some((_, held)) if *held == value => {}
                // Of two values readers choose differently: only this name is known to come so.
                Some((held, _)) if !short.eq_ignore_ascii_case(DOC_ID) || held == short => {
                    return Err(de::Error::custom("a name twice"));
                }
                _ if values.len() >= SIGNED_KEYS => return Err(de::Error::custom("too many")),
                _ => values.push((short.to_owned(), value)),
            }
        }
        Ok(Signed(values))
    }
}

/// `None` of a name that has no prefix, which may be written in any case.
fn without_prefix(name: &str) -> Option<&str> {
    let (prefix, short) = name.split_at_checked(PREFIX.len())?;
    prefix.eq_ignore_ascii_case(PREFIX).then_some(short)
}

fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

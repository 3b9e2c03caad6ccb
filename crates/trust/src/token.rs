//! Keys behind PKCS#11: tokens, smart cards, hardware modules.
//!
//! A module is loaded once in the life of the process, as the standard wants it. Some threads each
//! own a session with the token and take work from one queue; the PIN is given to the token when a
//! session is opened and written nowhere. A session that broke is opened anew at the next piece of
//! work, so a token that was pulled out and put back goes on.
//!
//! We hash; the token does the rest: RSA over the DigestInfo (CKM_RSA_PKCS) or with PSS, ECDSA over
//! the digest (CKM_ECDSA), whose two numbers are made DER here.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::Error;
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::MechanismType;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use platform::HardwareToken;
use tokio::sync::oneshot;
use wire::algorithm::{Curve, Digest, PublicKey, SignatureAlgorithm, fixed_to_asn1};
use wire::pki::der::{Reader, tag, write};
use wire::pki::{identifier, oids};

use crate::key::KeyKind;
use crate::signer::SigningFault;

/// Signatures a token makes at a time; most have no more than a few sessions to give.
const SESSIONS: usize = 4;

/// One token of one module.
pub struct Token {
    queue: Mutex<Sender<Work>>,
}

type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// A key in the token, known by its CKA_ID.
pub struct TokenKey {
    token: Arc<Token>,
    id: Vec<u8>,
    kind: KeyKind,
    public: PublicKey,
}

/// What a thread works with.
struct Desk {
    module: Pkcs11,
    settings: HardwareToken,
    session: Option<Session>,
}

/// Modules stay loaded as long as the process lives: C_Initialize is called once for each.
static MODULES: LazyLock<Mutex<Vec<(PathBuf, Pkcs11)>>> = LazyLock::new(Mutex::default);
static TOKENS: LazyLock<Mutex<Vec<Known>>> = LazyLock::new(Mutex::default);

/// Module, label, and the token they mean.
type Known = (PathBuf, String, Arc<Token>);

impl Token {
    /// The token that the operator named; its threads are started at the first call.
    pub fn of(settings: &HardwareToken) -> Result<Arc<Token>, SigningFault> {
        let mut tokens = TOKENS.lock().unwrap_or_else(PoisonError::into_inner);
        let same =
            |(module, label, _): &&Known| *module == settings.module && *label == settings.label;
        if let Some((_, _, token)) = tokens.iter().find(same) {
            return Ok(Arc::clone(token));
        }
        let module = module(&settings.module)?;
        let (queue, work) = channel::<Work>();
        let work = Arc::new(Mutex::new(work));
        for number in 0..SESSIONS {
            let desk = Desk { module: module.clone(), settings: settings.clone(), session: None };
            let work = Arc::clone(&work);
            std::thread::Builder::new()
                .name(format!("pkcs11-{number}"))
                .spawn(move || take_work(&work, desk))
                .map_err(|error| SigningFault::NotNow(error.to_string()))?;
        }
        let token = Arc::new(Token { queue: Mutex::new(queue) });
        tokens.push((settings.module.clone(), settings.label.clone(), Arc::clone(&token)));
        Ok(token)
    }

    /// A new key pair that never leaves the token; `id` becomes its CKA_ID.
    pub async fn generate(
        &self,
        kind: KeyKind,
        id: Vec<u8>,
        label: String,
    ) -> Result<PublicKey, SigningFault> {
        self.ask(move |desk| desk.with(|session| make(session, kind, &id, &label))).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, SigningFault> + Send + 'static,
    ) -> Result<T, SigningFault> {
        let (done, answer) = oneshot::channel();
        let work: Work = Box::new(move |desk| {
            let _ = done.send(work(desk));
        });
        let ended = || SigningFault::NotNow("the threads of the token ended".to_owned());
        self.queue
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .send(work)
            .map_err(|_| ended())?;
        answer.await.map_err(|_| ended())?
    }
}

fn module(path: &Path) -> Result<Pkcs11, SigningFault> {
    let mut modules = MODULES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, module)) = modules.iter().find(|(loaded, _)| loaded == path) {
        return Ok(module.clone());
    }
    let module = Pkcs11::new(path).map_err(fault)?;
    module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(fault)?;
    modules.push((path.to_owned(), module.clone()));
    Ok(module)
}

fn take_work(queue: &Mutex<Receiver<Work>>, mut desk: Desk) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(work) => work(&mut desk),
            Err(_) => return,
        }
    }
}

impl Desk {
    /// Works in this thread's session; one that turns out broken is not used again.
    fn with<T>(
        &mut self,
        work: impl FnOnce(&Session) -> Result<T, Error>,
    ) -> Result<T, SigningFault> {
        let session = match self.session.take() {
            Some(session) if session.get_session_info().is_ok() => session,
            _ => self.open()?,
        };
        let worked = work(&session);
        if worked.is_ok() {
            self.session = Some(session);
        }
        worked.map_err(fault)
    }

    fn open(&self) -> Result<Session, SigningFault> {
        let slot = self.slot()?;
        let session = self.module.open_rw_session(slot).map_err(fault)?;
        let pin = AuthPin::new(self.settings.pin.clone().into());
        match session.login(UserType::User, Some(&pin)) {
            Ok(()) => Ok(session),
            // Another thread logged in; that counts for all sessions of the process.
            Err(Error::Pkcs11(cryptoki::error::RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(error) => Err(fault(error)),
        }
    }

    fn slot(&self) -> Result<Slot, SigningFault> {
        for slot in self.module.get_slots_with_token().map_err(fault)? {
            let label = self.module.get_token_info(slot).map(|info| info.label().to_owned());
            if label.is_ok_and(|label| label.trim_end() == self.settings.label) {
                return Ok(slot);
            }
        }
        Err(SigningFault::NotNow(format!("no token is labelled {}", self.settings.label)))
    }
}

impl TokenKey {
    pub fn new(token: Arc<Token>, id: Vec<u8>, public: PublicKey) -> Option<TokenKey> {
        let kind = KeyKind::of(&public)?;
        Some(TokenKey { token, id, kind, public })
    }

    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    pub async fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningFault> {
        if !self.kind.algorithms().contains(&algorithm) {
            return Err(SigningFault::Unfitting);
        }
        let data = match (algorithm, algorithm.digest()) {
            (SignatureAlgorithm::RsaPkcs1(_), Some(digest)) => {
                let hash = write::octets(&digest.of(message));
                write::sequence(&[&identifier::write_digest(digest), &hash])
            }
            (_, Some(digest)) => digest.of(message),
            // Ed25519 hashes by itself, twice: it needs the message.
            (_, None) => message.to_vec(),
        };
        let id = self.id.clone();
        let signature = self
            .token
            .ask(move |desk| {
                let mechanism = mechanism(algorithm)?;
                desk.with(|session| match find(session, &id)? {
                    Some(key) => session.sign(&mechanism, key, &data).map(Some),
                    None => Ok(None),
                })?
                .ok_or(SigningFault::KeyGone)
            })
            .await?;
        match &self.public {
            PublicKey::Ec { curve, .. } => fixed_to_asn1(*curve, &signature)
                .ok_or_else(|| SigningFault::NotNow("the token's signature is odd".to_owned())),
            _ => Ok(signature),
        }
    }
}

fn mechanism(algorithm: SignatureAlgorithm) -> Result<Mechanism<'static>, SigningFault> {
    let (digest, hash_alg, mgf) = match algorithm {
        SignatureAlgorithm::RsaPkcs1(_) => return Ok(Mechanism::RsaPkcs),
        SignatureAlgorithm::Ecdsa(_) => return Ok(Mechanism::Ecdsa),
        SignatureAlgorithm::RsaPss(digest) => match digest {
            Digest::Sha256 => (digest, MechanismType::SHA256, PkcsMgfType::MGF1_SHA256),
            Digest::Sha384 => (digest, MechanismType::SHA384, PkcsMgfType::MGF1_SHA384),
            Digest::Sha512 => (digest, MechanismType::SHA512, PkcsMgfType::MGF1_SHA512),
            Digest::Sha1 => return Err(SigningFault::Unfitting),
        },
        SignatureAlgorithm::Ed25519 => {
            let pure = EddsaParams::new(EddsaSignatureScheme::Ed25519);
            return Ok(Mechanism::Eddsa(pure));
        }
        SignatureAlgorithm::RsaPssSalted(..) => return Err(SigningFault::Unfitting),
    };
    let s_len = (digest.size_bytes() as u64).into();
    Ok(Mechanism::RsaPkcsPss(PkcsPssParams { hash_alg, mgf, s_len }))
}

fn find(session: &Session, id: &[u8]) -> Result<Option<ObjectHandle>, Error> {
    let wanted = [Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::Id(id.to_vec())];
    Ok(session.find_objects(&wanted)?.into_iter().next())
}

fn make(session: &Session, kind: KeyKind, id: &[u8], label: &str) -> Result<PublicKey, Error> {
    let known = [Attribute::Id(id.to_vec()), Attribute::Label(label.as_bytes().to_vec())];
    let mut public =
        vec![Attribute::Token(true), Attribute::Private(false), Attribute::Verify(true)];
    let mut private = vec![
        Attribute::Token(true),
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Extractable(false),
        Attribute::Sign(true),
    ];
    public.extend(known.clone());
    private.extend(known);
    let (mechanism, curve) = match kind {
        KeyKind::Rsa2048 | KeyKind::Rsa3072 => {
            let bits: u64 = if kind == KeyKind::Rsa2048 { 2048 } else { 3072 };
            public.push(Attribute::ModulusBits(bits.into()));
            public.push(Attribute::PublicExponent(vec![1, 0, 1]));
            (Mechanism::RsaPkcsKeyPairGen, None)
        }
        KeyKind::P256 => (Mechanism::EccKeyPairGen, Some(oids::P256)),
        KeyKind::P384 => (Mechanism::EccKeyPairGen, Some(oids::P384)),
        KeyKind::Ed25519 => (Mechanism::EccEdwardsKeyPairGen, Some(oids::ED25519)),
    };
    if let Some(oid) = curve {
        public.push(Attribute::EcParams(write::oid(&oid)));
    }
    let (handle, _) = session.generate_key_pair(&mechanism, &public, &private)?;
    let on = |curve| read_point(session, handle, 1 + 2 * Curve::size_bytes(curve));
    match kind {
        KeyKind::Rsa2048 | KeyKind::Rsa3072 => read_modulus(session, handle),
        KeyKind::P256 => Ok(PublicKey::Ec { curve: Curve::P256, point: on(Curve::P256)? }),
        KeyKind::P384 => Ok(PublicKey::Ec { curve: Curve::P384, point: on(Curve::P384)? }),
        KeyKind::Ed25519 => {
            read_point(session, handle, ED25519_POINT_BYTES).map(PublicKey::Ed25519)
        }
    }
}

const ED25519_POINT_BYTES: usize = 32;

/// The standard wraps the point in an OCTET STRING; some modules forget to.
fn read_point(session: &Session, key: ObjectHandle, size_bytes: usize) -> Result<Vec<u8>, Error> {
    for attribute in session.get_attributes(key, &[AttributeType::EcPoint])? {
        if let Attribute::EcPoint(der) = attribute {
            if der.len() == size_bytes {
                return Ok(der);
            }
            let inside = Reader::new(&der).tagged(tag::OCTET_STRING).map(|point| point.value);
            if let Ok(point) = inside
                && point.len() == size_bytes
            {
                return Ok(point.to_vec());
            }
        }
    }
    Err(Error::InvalidValue)
}

fn read_modulus(session: &Session, key: ObjectHandle) -> Result<PublicKey, Error> {
    let (mut modulus, mut exponent) = (Vec::new(), Vec::new());
    let wanted = [AttributeType::Modulus, AttributeType::PublicExponent];
    for attribute in session.get_attributes(key, &wanted)? {
        match attribute {
            Attribute::Modulus(bytes) => modulus = bytes,
            Attribute::PublicExponent(bytes) => exponent = bytes,
            _ => {}
        }
    }
    let pkcs1 = write::sequence(&[&write::unsigned(&modulus), &write::unsigned(&exponent)]);
    let algorithm = write::sequence(&[&write::oid(&oids::RSA), &write::null()]);
    let spki = write::sequence(&[&algorithm, &write::bits_of_bytes(&pkcs1)]);
    identifier::read_key(&spki).map_err(|_| Error::InvalidValue)
}

/// Without what the module may say about the PIN.
fn fault(error: Error) -> SigningFault {
    SigningFault::NotNow(match error {
        Error::Pkcs11(value, function) => format!("{function:?}: {value:?}"),
        Error::LibraryLoading(_) => "the PKCS#11 module does not load".to_owned(),
        other => other.to_string(),
    })
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "TokenKey({})", self.kind.code())
    }
}

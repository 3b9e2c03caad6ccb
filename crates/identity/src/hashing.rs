//! Argon2id, a few at a time: each hash takes memory and a core by design, so no more run at once
//! than there are cores, on threads made for work that blocks.

use std::num::NonZero;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::password::{Password, Strictness};

/// What one hash costs. Stored in every hash, so it can rise without anyone's losing a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// Handed in at the start (by `identity::layer`), as small as can be in tests.
#[derive(Clone)]
pub struct Hashing {
    citizens: Cost,
    officers: Cost,
    cores: Arc<Semaphore>,
}

/// What a check of a password found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub right: bool,
    /// Right, but hashed at an older cost: hash it anew while it is at hand.
    pub stale: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum HashingError {
    #[error("argon2: {0}")]
    Argon2(String),
    #[error("the hashing thread ended early")]
    Interrupted,
}

impl Hashing {
    pub fn new(citizens: Cost, officers: Cost) -> Hashing {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Hashing { citizens, officers, cores: Arc::new(Semaphore::new(cores)) }
    }

    /// OWASP's least for citizens; three times that, and more, for those who can see many dossiers.
    pub fn standard() -> Hashing {
        Hashing::new(
            Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 },
            Cost { memory_kib: 64 * 1024, passes: 2, lanes: 1 },
        )
    }

    /// For tests only: as fast as the function allows, and worth nothing.
    pub fn least() -> Hashing {
        let least = Cost { memory_kib: Params::MIN_M_COST, passes: 1, lanes: 1 };
        Hashing::new(least, Cost { memory_kib: 2 * Params::MIN_M_COST, ..least })
    }

    /// The hash as text (PHC), with its own parameters and salt in it.
    pub async fn hash(
        &self,
        password: Password,
        strictness: Strictness,
        salt: [u8; 16],
    ) -> Result<String, HashingError> {
        let cost = self.cost(strictness);
        self.labour(move || {
            let hash = argon2(cost)?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(|error| HashingError::Argon2(error.to_string()))?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Compares with the stored hash. Without one (nobody has this name, or an account that has no
    /// password) it works as long and says no, so that the time tells a stranger nothing.
    pub async fn verify(
        &self,
        password: Password,
        stored: Option<String>,
        strictness: Strictness,
    ) -> Result<Verdict, HashingError> {
        let cost = self.cost(strictness);
        self.labour(move || {
            let Some(stored) = stored else {
                argon2(cost)?
                    .hash_password_with_salt(password.as_bytes(), &[0u8; 16])
                    .map_err(|error| HashingError::Argon2(error.to_string()))?;
                return Ok(Verdict { right: false, stale: false });
            };
            let parsed = PasswordHash::new(&stored)
                .map_err(|error| HashingError::Argon2(error.to_string()))?;
            let right = argon2(cost)?.verify_password(password.as_bytes(), &parsed).is_ok();
            Ok(Verdict { right, stale: right && cost_of(&parsed) != Some(cost) })
        })
        .await
    }

    fn cost(&self, strictness: Strictness) -> Cost {
        match strictness {
            Strictness::Citizen => self.citizens,
            Strictness::Officer => self.officers,
        }
    }

    async fn labour<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashingError> + Send + 'static,
    ) -> Result<T, HashingError> {
        let permit = self.cores.clone().acquire_owned().await;
        let done = tokio::task::spawn_blocking(move || {
            // Held here and not in the caller: a caller who leaves does not free the core early.
            let _permit = permit;
            work()
        });
        done.await.map_err(|_| HashingError::Interrupted)?
    }
}

fn argon2(cost: Cost) -> Result<Argon2<'static>, HashingError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
        .map_err(|error| HashingError::Argon2(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn cost_of(hash: &PasswordHash) -> Option<Cost> {
    let params = Params::try_from(hash).ok()?;
    Some(Cost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() })
}

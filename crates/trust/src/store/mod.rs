//! All SQL of this capability.

pub(crate) mod anchors;
pub(crate) mod authorities;
pub(crate) mod certificates;
pub(crate) mod evidence;
pub(crate) mod keys;
pub(crate) mod letters;
pub(crate) mod own_keys;
pub(crate) mod register;
pub(crate) mod requests;
pub(crate) mod stamps;

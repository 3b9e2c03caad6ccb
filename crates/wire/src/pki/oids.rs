//! The object identifiers that these formats name things with.

use super::der::Oid;

macro_rules! oids {
    ($($name:ident = $($arc:literal)+;)*) => {
        $(pub const $name: Oid = Oid::of(&[$($arc),+]);)*
    };
}

// Keys, digests, signatures (RFC 3279, 4055, 5480, 5754, 5758, 8410).
oids! {
    RSA = 1 2 840 113549 1 1 1;
    RSA_PSS = 1 2 840 113549 1 1 10;
    MGF1 = 1 2 840 113549 1 1 8;
    RSA_SHA1 = 1 2 840 113549 1 1 5;
    RSA_SHA256 = 1 2 840 113549 1 1 11;
    RSA_SHA384 = 1 2 840 113549 1 1 12;
    RSA_SHA512 = 1 2 840 113549 1 1 13;
    EC = 1 2 840 10045 2 1;
    P256 = 1 2 840 10045 3 1 7;
    P384 = 1 3 132 0 34;
    P521 = 1 3 132 0 35;
    ECDSA_SHA1 = 1 2 840 10045 4 1;
    ECDSA_SHA256 = 1 2 840 10045 4 3 2;
    ECDSA_SHA384 = 1 2 840 10045 4 3 3;
    ECDSA_SHA512 = 1 2 840 10045 4 3 4;
    ED25519 = 1 3 101 112;
    SHA1 = 1 3 14 3 2 26;
    SHA256 = 2 16 840 1 101 3 4 2 1;
    SHA384 = 2 16 840 1 101 3 4 2 2;
    SHA512 = 2 16 840 1 101 3 4 2 3;
}

// Attributes of names (RFC 5280 appendix A, RFC 4519).
oids! {
    COMMON_NAME = 2 5 4 3;
    SURNAME = 2 5 4 4;
    SERIAL_NUMBER = 2 5 4 5;
    COUNTRY = 2 5 4 6;
    LOCALITY = 2 5 4 7;
    STATE = 2 5 4 8;
    STREET = 2 5 4 9;
    ORGANIZATION = 2 5 4 10;
    ORGANIZATIONAL_UNIT = 2 5 4 11;
    TITLE = 2 5 4 12;
    GIVEN_NAME = 2 5 4 42;
    ORGANIZATION_IDENTIFIER = 2 5 4 97;
    USER_ID = 0 9 2342 19200300 100 1 1;
    DOMAIN_COMPONENT = 0 9 2342 19200300 100 1 25;
    EMAIL_ADDRESS = 1 2 840 113549 1 9 1;
}

// Extensions of certificates, lists and their entries (RFC 5280 §4.2, §5.2, §5.3; RFC 3739; 6960).
oids! {
    SUBJECT_KEY_ID = 2 5 29 14;
    KEY_USAGE = 2 5 29 15;
    SUBJECT_ALT_NAME = 2 5 29 17;
    ISSUER_ALT_NAME = 2 5 29 18;
    BASIC_CONSTRAINTS = 2 5 29 19;
    CRL_NUMBER = 2 5 29 20;
    CRL_REASON = 2 5 29 21;
    INVALIDITY_DATE = 2 5 29 24;
    DELTA_CRL = 2 5 29 27;
    ISSUING_DISTRIBUTION_POINT = 2 5 29 28;
    CERTIFICATE_ISSUER = 2 5 29 29;
    NAME_CONSTRAINTS = 2 5 29 30;
    CRL_POINTS = 2 5 29 31;
    POLICIES = 2 5 29 32;
    ANY_POLICY = 2 5 29 32 0;
    POLICY_MAPPINGS = 2 5 29 33;
    AUTHORITY_KEY_ID = 2 5 29 35;
    POLICY_CONSTRAINTS = 2 5 29 36;
    EXTENDED_KEY_USAGE = 2 5 29 37;
    FRESHEST_CRL = 2 5 29 46;
    INHIBIT_ANY_POLICY = 2 5 29 54;
    EXPIRED_ON_CRL = 2 5 29 60;
    AUTHORITY_ACCESS = 1 3 6 1 5 5 7 1 1;
    SUBJECT_ACCESS = 1 3 6 1 5 5 7 1 11;
    QC_STATEMENTS = 1 3 6 1 5 5 7 1 3;
    ACCESS_OCSP = 1 3 6 1 5 5 7 48 1;
    ACCESS_ISSUERS = 1 3 6 1 5 5 7 48 2;
    POLICY_CPS = 1 3 6 1 5 5 7 2 1;
    OCSP_BASIC = 1 3 6 1 5 5 7 48 1 1;
    OCSP_NONCE = 1 3 6 1 5 5 7 48 1 2;
    OCSP_NO_CHECK = 1 3 6 1 5 5 7 48 1 5;
    OCSP_ARCHIVE_CUTOFF = 1 3 6 1 5 5 7 48 1 6;
}

// Purposes of keys (RFC 5280 §4.2.1.12, RFC 9336, and what there was before it).
oids! {
    ANY_PURPOSE = 2 5 29 37 0;
    SERVER_AUTH = 1 3 6 1 5 5 7 3 1;
    CLIENT_AUTH = 1 3 6 1 5 5 7 3 2;
    EMAIL_PROTECTION = 1 3 6 1 5 5 7 3 4;
    TIME_STAMPING = 1 3 6 1 5 5 7 3 8;
    OCSP_SIGNING = 1 3 6 1 5 5 7 3 9;
    DOCUMENT_SIGNING = 1 3 6 1 5 5 7 3 36;
    DOCUMENT_SIGNING_ADOBE = 1 2 840 113583 1 1 5;
    DOCUMENT_SIGNING_MICROSOFT = 1 3 6 1 4 1 311 10 3 12;
}

// Requests, CMS and its attributes (RFC 2985, 2986, 5652, 5035, 6211, 5544; ETSI EN 319 122-1).
oids! {
    EXTENSION_REQUEST = 1 2 840 113549 1 9 14;
    DATA = 1 2 840 113549 1 7 1;
    SIGNED_DATA = 1 2 840 113549 1 7 2;
    TST_INFO = 1 2 840 113549 1 9 16 1 4;
    CONTENT_TYPE = 1 2 840 113549 1 9 3;
    MESSAGE_DIGEST = 1 2 840 113549 1 9 4;
    SIGNING_TIME = 1 2 840 113549 1 9 5;
    SIGNING_CERTIFICATE = 1 2 840 113549 1 9 16 2 12;
    SIGNING_CERTIFICATE_V2 = 1 2 840 113549 1 9 16 2 47;
    ALGORITHM_PROTECTION = 1 2 840 113549 1 9 52;
    SIGNATURE_TIME_STAMP = 1 2 840 113549 1 9 16 2 14;
    CERTIFICATE_VALUES = 1 2 840 113549 1 9 16 2 23;
    REVOCATION_VALUES = 1 2 840 113549 1 9 16 2 24;
    ARCHIVE_TIME_STAMP = 1 2 840 113549 1 9 16 2 27;
    ARCHIVE_TIME_STAMP_V2 = 1 2 840 113549 1 9 16 2 48;
    ARCHIVE_TIME_STAMP_V3 = 0 4 0 1733 2 4;
    ARCHIVE_HASH_INDEX_V3 = 0 4 0 19122 1 5;
    OTHER_REVOCATION_OCSP = 1 3 6 1 5 5 7 16 2;
}

// What qualified certificates state (ETSI EN 319 412-5).
oids! {
    QC_COMPLIANCE = 0 4 0 1862 1 1;
    QC_DEVICE = 0 4 0 1862 1 4;
    QC_TYPE = 0 4 0 1862 1 6;
}

/// The short word that people know an attribute of a name by (RFC 4514 §3, OpenSSL).
pub fn attribute_word(kind: &Oid) -> Option<&'static str> {
    let words = [
        (COMMON_NAME, "CN"),
        (SURNAME, "SN"),
        (SERIAL_NUMBER, "serialNumber"),
        (COUNTRY, "C"),
        (LOCALITY, "L"),
        (STATE, "ST"),
        (STREET, "street"),
        (ORGANIZATION, "O"),
        (ORGANIZATIONAL_UNIT, "OU"),
        (TITLE, "title"),
        (GIVEN_NAME, "GN"),
        (ORGANIZATION_IDENTIFIER, "organizationIdentifier"),
        (USER_ID, "UID"),
        (DOMAIN_COMPONENT, "DC"),
        (EMAIL_ADDRESS, "emailAddress"),
    ];
    words.into_iter().find(|(oid, _)| oid == kind).map(|(_, word)| word)
}

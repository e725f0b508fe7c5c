//! Keys, and tokens signed with them: as they should be, or forged.

use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::Signer as _;
use rsa::{
    RsaPrivateKey,
    pkcs8::{EncodePublicKey as _, LineEnding},
    rand_core::OsRng,
    sha2::{Digest as _, Sha256},
    signature::{RandomizedSigner as _, SignatureEncoding as _, Signer as _},
    traits::PublicKeyParts as _,
};
use serde_json::{Value, json};

static RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| RsaPrivateKey::new(&mut OsRng, 2048).unwrap());
static OTHER_RSA: LazyLock<RsaPrivateKey> = LazyLock::new(|| RsaPrivateKey::new(&mut OsRng, 2048).unwrap());

/// Who signs, and how.
#[derive(Clone, Debug)]
pub enum Signer {
    /// RS256 with the provider's key.
    Rsa,
    /// PS256 with the same key.
    Pss,
    /// RS256 with somebody else's key.
    OtherRsa,
    /// ES256.
    Ec,
    /// `EdDSA`.
    Ed,
    /// HS256 with whatever.
    Hmac(Vec<u8>),
    /// Nobody.
    None,
}

fn base64url(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

fn ec() -> p256::ecdsa::SigningKey {
    p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap()
}

fn ed() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[9; 32])
}

fn rsa_jwk(key: &RsaPrivateKey, kid: &str) -> Value {
    let (n, e) = (base64url(key.n().to_bytes_be()), base64url(key.e().to_bytes_be()));
    json!({ "kty": "RSA", "use": "sig", "kid": kid, "n": n, "e": e })
}

/// What the provider shows of its keys.
pub fn published() -> Value {
    let point = ec().verifying_key().to_sec1_point(false);
    let (x, y) = (base64url(point.x().unwrap()), base64url(point.y().unwrap()));
    json!({ "keys": [
        rsa_jwk(&RSA, "rsa"),
        { "kty": "EC", "use": "sig", "kid": "ec", "crv": "P-256", "x": x, "y": y },
        { "kty": "OKP", "use": "sig", "kid": "ed", "crv": "Ed25519", "x": base64url(ed().verifying_key().as_bytes()) },
    ] })
}

/// The same after the provider has changed its key.
pub fn published_anew() -> Value {
    json!({ "keys": [rsa_jwk(&OTHER_RSA, "rsa-2")] })
}

/// The provider's public key as text: whoever takes it for a shared secret accepts HS256 of anybody.
pub fn public_pem() -> Vec<u8> {
    RSA.to_public_key().to_public_key_pem(LineEnding::LF).unwrap().into_bytes()
}

fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    if key.len() > 64 {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let padded = |pad: u8| block.map(|byte| byte ^ pad).to_vec();
    let inner = Sha256::digest([padded(0x36), message.to_vec()].concat());
    Sha256::digest([padded(0x5c), inner.to_vec()].concat()).to_vec()
}

impl Signer {
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Rsa | Self::OtherRsa => "RS256",
            Self::Pss => "PS256",
            Self::Ec => "ES256",
            Self::Ed => "EdDSA",
            Self::Hmac(_) => "HS256",
            Self::None => "none",
        }
    }

    fn key_id(&self) -> &'static str {
        match self {
            Self::Ec => "ec",
            Self::Ed => "ed",
            _ => "rsa",
        }
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        let pkcs1 = |key: &RsaPrivateKey| {
            rsa::pkcs1v15::SigningKey::<Sha256>::new(key.clone()).sign(message).to_vec()
        };
        match self {
            Self::Rsa => pkcs1(&RSA),
            Self::OtherRsa => pkcs1(&OTHER_RSA),
            Self::Pss => {
                rsa::pss::SigningKey::<Sha256>::new(RSA.clone()).sign_with_rng(&mut OsRng, message).to_vec()
            }
            Self::Ec => {
                let signature: p256::ecdsa::Signature = ec().sign(message);
                signature.to_bytes().to_vec()
            }
            Self::Ed => ed().sign(message).to_bytes().to_vec(),
            Self::Hmac(key) => hmac(key, message),
            Self::None => Vec::new(),
        }
    }
}

/// A token of these claims.
pub fn jwt(signer: &Signer, claims: &Value) -> String {
    jwt_with(signer, &json!({ "alg": signer.algorithm(), "kid": signer.key_id(), "typ": "JWT" }), claims)
}

/// A token with a header that may say anything.
pub fn jwt_with(signer: &Signer, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", base64url(header.to_string()), base64url(claims.to_string()));
    let signature = signer.sign(message.as_bytes());
    format!("{message}.{}", base64url(signature))
}

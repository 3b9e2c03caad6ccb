//! Which addresses the site asks by itself. Pure but for the look-up of names.
//!
//! An address that somebody else wrote, in a certificate or in a form, may lead to a machine beside
//! ours that answers to us alone. So a host must be public, by its number and by every number that
//! its name has at the moment of asking, or an administrator named it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

/// How far a question may go.
#[derive(Debug, Clone)]
pub enum Reach {
    /// Whoever sits at a terminal asks for himself.
    Anywhere,
    /// Public hosts, and these.
    PublicAnd(Arc<[String]>),
}

impl Reach {
    /// Whether the address may be asked as far as it says itself; names are looked up later.
    pub fn allows(&self, address: &str) -> bool {
        let Reach::PublicAnd(inside) = self else { return true };
        let Some(host) = host_of(address) else { return false };
        match literal(&host) {
            Some(number) => is_public(number) || inside.contains(&host),
            None => true,
        }
    }
}

/// Goes where it is sent and nowhere else. Patience to connect, and for all of it.
pub fn client(
    (to_connect, in_all): (Duration, Duration),
    reach: &Reach,
) -> reqwest::Result<Client> {
    let mut client = Client::builder()
        .timeout(in_all)
        .connect_timeout(to_connect)
        .redirect(redirect::Policy::none())
        .no_proxy();
    if let Reach::PublicAnd(inside) = reach {
        client = client.dns_resolver(Arc::new(Resolver(Arc::clone(inside))));
    }
    client.build()
}

/// The host of an address, as it is compared: small letters, no full stop at the end.
pub fn host_of(address: &str) -> Option<String> {
    host_in(&Url::parse(address).ok()?)
}

fn host_in(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// A host as an administrator types it: a name or a number, nothing around it.
pub fn read_host(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let is_bare = !typed.contains(['/', '@', '?', '#', ' ']);
    let url = Url::parse(&format!("http://{typed}/")).ok().filter(|_| is_bare)?;
    let host = host_in(&url)?;
    (url.port().is_none() && host.len() <= 253).then_some(host)
}

fn literal(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether a number is one of the open Internet.
pub fn is_public(number: IpAddr) -> bool {
    match number {
        IpAddr::V4(number) => is_public_v4(number),
        IpAddr::V6(number) => match number.to_ipv4_mapped() {
            Some(inside) => is_public_v4(inside),
            None => is_public_v6(number),
        },
    }
}

/// RFC 6890: everything with a use of its own is left out.
fn is_public_v4(number: Ipv4Addr) -> bool {
    let [first, second, third, _] = number.octets();
    let has_own_use = match first {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&second),
        169 => second == 254,
        172 => (16..32).contains(&second),
        192 => second == 168 || (second == 0 && (third == 0 || third == 2)),
        198 => second == 18 || second == 19 || (second == 51 && third == 100),
        203 => second == 0 && third == 113,
        _ => false,
    };
    !has_own_use
}

/// Of the addresses that are given out (2000::/3), without those that stand for another number:
/// 2001::/23 (tunnels), 2001:db8::/32 (books), 2002::/16 (6to4).
fn is_public_v6(number: Ipv6Addr) -> bool {
    let [first, second, ..] = number.segments();
    let is_given_out = first & 0xe000 == 0x2000;
    let stands_for_another = first == 0x2002 || (first == 0x2001 && second < 0x0200);
    is_given_out && !stands_for_another && !(first == 0x2001 && second == 0x0db8)
}

/// Looks names up and hands on only numbers that may be asked: what was looked at is what is
/// connected to.
struct Resolver(Arc<[String]>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().trim_end_matches('.').to_ascii_lowercase();
        let is_inside = self.0.contains(&host);
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let may = |address: &SocketAddr| is_inside || is_public(address.ip());
            let found: Vec<SocketAddr> = found.filter(may).collect();
            match found.is_empty() {
                true => Err("the name leads to no public address".into()),
                false => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

//! Places for connections: so many in all, and no more than a fair share for one address.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::http::limits::Limits;

/// The places of one server.
#[derive(Clone, Debug)]
pub(super) struct Places(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: usize,
    most_per_address: usize,
    by_address: Mutex<HashMap<IpAddr, usize>>,
    /// How many are taken in all, for every request to look at without waiting.
    all: AtomicUsize,
}

/// A place that is taken until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    /// Whose share it counts against.
    holder: Option<IpAddr>,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPlace {
    /// All are taken.
    Full,
    /// This address has its share.
    Share,
}

impl Places {
    pub(super) fn new(limits: &Limits) -> Self {
        Self(Arc::new(Inner {
            most: limits.connections,
            most_per_address: limits.connections_per_address,
            by_address: Mutex::default(),
            all: AtomicUsize::new(0),
        }))
    }

    /// A place for a connection; one from a trusted proxy is many people's, and has no share to keep to.
    pub(super) fn take(&self, address: IpAddr, is_proxy: bool) -> Result<Place, NoPlace> {
        let holder = (!is_proxy).then(|| holder(address));
        let mut by_address = self.0.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.all.load(Ordering::Relaxed) >= self.0.most {
            return Err(NoPlace::Full);
        }
        if let Some(holder) = holder {
            let held = by_address.entry(holder).or_default();
            if *held >= self.0.most_per_address {
                return Err(NoPlace::Share);
            }
            *held += 1;
        }
        self.0.all.fetch_add(1, Ordering::Relaxed);
        drop(by_address);
        Ok(Place { places: self.clone(), holder })
    }

    /// Whether most places are taken: connections should not rest now.
    pub(super) fn are_scarce(&self) -> bool {
        self.0.all.load(Ordering::Relaxed) > self.0.most / 4 * 3
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut by_address = self.places.0.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        self.places.0.all.fetch_sub(1, Ordering::Relaxed);
        let Some(holder) = self.holder else {
            return;
        };
        if let Some(held) = by_address.get_mut(&holder) {
            *held -= 1;
            if *held == 0 {
                by_address.remove(&holder);
            }
        }
    }
}

/// Whoever has an IPv6 address has 2⁶⁴ of them.
fn holder(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(connections: usize, connections_per_address: usize) -> Places {
        Places::new(&Limits { connections, connections_per_address, ..Limits::default() })
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_has_its_share_and_leaves_places_for_others() {
        let places = places(5, 2);
        let (one, other) = (address("192.0.2.1"), address("192.0.2.2"));
        let held = [places.take(one, false).unwrap(), places.take(one, false).unwrap()];
        assert_eq!(places.take(one, false).unwrap_err(), NoPlace::Share);
        let _others = places.take(other, false).unwrap();
        drop(held);
        let _again = places.take(one, false).unwrap();
    }

    #[test]
    fn a_trusted_proxy_has_no_share_to_keep_to() {
        let places = places(4, 1);
        let proxy = address("192.0.2.1");
        let held: Vec<_> = (0..4).map(|_| places.take(proxy, true).unwrap()).collect();
        assert!(places.are_scarce());
        assert_eq!(places.take(proxy, true).unwrap_err(), NoPlace::Full);
        drop(held);
        assert!(!places.are_scarce());
        assert!(places.0.by_address.lock().unwrap().is_empty());
    }

    #[test]
    fn a_network_of_ipv6_addresses_is_one_client() {
        let places = places(5, 1);
        let _held = places.take(address("2001:db8:1:2::1"), false).unwrap();
        assert_eq!(places.take(address("2001:db8:1:2:ffff::9"), false).unwrap_err(), NoPlace::Share);
        let _other = places.take(address("2001:db8:1:3::1"), false).unwrap();
    }
}

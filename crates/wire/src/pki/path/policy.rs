//! Which policies hold (RFC 5280 §6.1, with the graph of RFC 9618 in place of the tree, whose size
//! an attacker could double with every certificate).

use std::collections::BTreeMap;

use super::Demand;
use crate::pki::certificate::Certificate;
use crate::pki::der::Oid;
use crate::pki::oids::ANY_POLICY;

/// One policy at one depth; there are never two of the same.
#[derive(Debug)]
struct Node {
    policy: Oid,
    /// What the policy may be called one certificate further down.
    expected: Vec<Oid>,
    /// Places in the level above.
    parents: Vec<usize>,
    is_alive: bool,
}

#[derive(Debug)]
pub(super) struct PolicyState {
    /// `None` when no policy is valid any more.
    levels: Option<Vec<Vec<Node>>>,
    explicit_in: usize,
    mapping_until: usize,
    any_until: usize,
}

impl PolicyState {
    pub fn new(demand: &Demand, length: usize) -> PolicyState {
        let unless = |is_set: bool| if is_set { 0 } else { length + 1 };
        let root = Node {
            policy: ANY_POLICY,
            expected: vec![ANY_POLICY],
            parents: Vec::new(),
            is_alive: true,
        };
        PolicyState {
            levels: Some(vec![vec![root]]),
            explicit_in: unless(demand.needs_policy),
            mapping_until: unless(demand.forbids_policy_mapping),
            any_until: unless(demand.forbids_any_policy),
        }
    }

    /// §6.1.3 (d) to (f). False when a policy is needed and none is left.
    pub fn enter(&mut self, certificate: &Certificate, is_last: bool) -> bool {
        let policies = certificate.extensions.policies.as_ref();
        let allows_any = self.any_until > 0 || (!is_last && certificate.is_self_issued());
        self.levels = match (self.levels.take(), policies) {
            (Some(mut levels), Some(policies)) => {
                let asserted: Vec<Oid> = policies.iter().map(|policy| policy.policy).collect();
                let above = levels.last().map_or(&[][..], Vec::as_slice);
                let level = next_level(above, &asserted, allows_any);
                levels.push(level);
                prune(levels)
            }
            _ => None,
        };
        self.explicit_in > 0 || self.levels.is_some()
    }

    /// §6.1.4 (a), (b), (h), (i), (j). False when a mapping names any policy.
    pub fn descend(&mut self, certificate: &Certificate) -> bool {
        let extensions = &certificate.extensions;
        let mut mapped: BTreeMap<Oid, Vec<Oid>> = BTreeMap::new();
        for (from, to) in &extensions.policy_mappings {
            if *from == ANY_POLICY || *to == ANY_POLICY {
                return false;
            }
            mapped.entry(*from).or_default().push(*to);
        }
        if let Some(mut levels) = self.levels.take() {
            let above = levels.len().checked_sub(2).and_then(|at| levels.get(at));
            let any_above = above.and_then(|level| {
                level.iter().position(|node| node.is_alive && node.policy == ANY_POLICY)
            });
            if let Some(level) = levels.last_mut() {
                map_level(level, mapped, self.mapping_until > 0, any_above);
            }
            self.levels = prune(levels);
        }
        if !certificate.is_self_issued() {
            self.explicit_in = self.explicit_in.saturating_sub(1);
            self.mapping_until = self.mapping_until.saturating_sub(1);
            self.any_until = self.any_until.saturating_sub(1);
        }
        let lower = |current: usize, skip: Option<u32>| {
            skip.map_or(current, |skip| current.min(usize::try_from(skip).unwrap_or(usize::MAX)))
        };
        let constraints = extensions.policy_constraints.unwrap_or_default();
        self.explicit_in = lower(self.explicit_in, constraints.require_explicit);
        self.mapping_until = lower(self.mapping_until, constraints.inhibit_mapping);
        self.any_until = lower(self.any_until, extensions.inhibit_any_policy);
        true
    }

    /// §6.1.5: the policies that hold and are wanted; `None` when one is needed and there is none.
    pub fn finish(mut self, target: &Certificate, wanted: &[Oid]) -> Option<Vec<Oid>> {
        self.explicit_in = self.explicit_in.saturating_sub(1);
        let constraints = target.extensions.policy_constraints.unwrap_or_default();
        if constraints.require_explicit == Some(0) {
            self.explicit_in = 0;
        }
        let granted = self.granted();
        let held: Vec<Oid> = if wanted.is_empty() {
            granted
        } else if granted.contains(&ANY_POLICY) {
            wanted.to_vec()
        } else {
            granted.into_iter().filter(|policy| wanted.contains(policy)).collect()
        };
        // Who names policies wants one of them, whatever the certificates ask for.
        let is_needed = self.explicit_in == 0 || !wanted.is_empty();
        if is_needed && held.is_empty() { None } else { Some(held) }
    }

    /// RFC 9618 §5.5 (g): the policies in the words of the anchor.
    fn granted(&self) -> Vec<Oid> {
        let mut granted = Vec::new();
        let Some(levels) = &self.levels else { return granted };
        for (depth, level) in levels.iter().enumerate() {
            let above = depth.checked_sub(1).and_then(|at| levels.get(at));
            for node in level.iter().filter(|node| node.is_alive) {
                let is_any = node.policy == ANY_POLICY;
                let is_below_any = match (node.parents.as_slice(), above) {
                    ([parent], Some(above)) => {
                        above.get(*parent).is_some_and(|parent| parent.policy == ANY_POLICY)
                    }
                    _ => false,
                };
                let is_end = depth + 1 == levels.len();
                if (!is_any && is_below_any) || (is_any && is_end) {
                    granted.push(node.policy);
                }
            }
        }
        granted.sort_unstable();
        granted.dedup();
        granted
    }
}

/// RFC 9618 §5.3 (d): the policies of one certificate, each below what allows it.
fn next_level(above: &[Node], asserted: &[Oid], allows_any: bool) -> Vec<Node> {
    let mut expecting: BTreeMap<Oid, Vec<usize>> = BTreeMap::new();
    let mut any_above = None;
    for (place, node) in above.iter().enumerate().filter(|(_, node)| node.is_alive) {
        if node.policy == ANY_POLICY {
            any_above = Some(place);
        }
        for expected in &node.expected {
            expecting.entry(*expected).or_default().push(place);
        }
    }
    let node = |policy: Oid, parents: Vec<usize>| Node {
        policy,
        expected: vec![policy],
        parents,
        is_alive: true,
    };
    let mut level: BTreeMap<Oid, Node> = BTreeMap::new();
    for policy in asserted.iter().filter(|policy| **policy != ANY_POLICY) {
        let parents = expecting.get(policy).cloned().or(any_above.map(|place| vec![place]));
        if let Some(parents) = parents {
            level.insert(*policy, node(*policy, parents));
        }
    }
    if asserted.contains(&ANY_POLICY) && allows_any {
        for (policy, parents) in expecting {
            level.entry(policy).or_insert_with(|| node(policy, parents));
        }
    }
    level.into_values().collect()
}

/// §6.1.4 (b): what policies are called further down, or that mapped ones end here.
fn map_level(
    level: &mut Vec<Node>,
    mapped: BTreeMap<Oid, Vec<Oid>>,
    is_allowed: bool,
    any_above: Option<usize>,
) {
    let has_any = level.iter().any(|node| node.is_alive && node.policy == ANY_POLICY);
    let places: BTreeMap<Oid, usize> =
        level.iter().enumerate().map(|(place, node)| (node.policy, place)).collect();
    for (from, to) in mapped {
        let found = places.get(&from).and_then(|place| level.get_mut(*place));
        match (found, is_allowed) {
            (Some(node), true) => node.expected = to,
            (Some(node), false) => node.is_alive = false,
            (None, true) if has_any => level.push(Node {
                policy: from,
                expected: to,
                parents: any_above.into_iter().collect(),
                is_alive: true,
            }),
            (None, _) => {}
        }
    }
}

/// What has nothing below it ends. `None` when nothing is left.
fn prune(mut levels: Vec<Vec<Node>>) -> Option<Vec<Vec<Node>>> {
    for depth in (1..levels.len()).rev() {
        let (upper, lower) = levels.split_at_mut(depth);
        let (Some(above), Some(below)) = (upper.last_mut(), lower.first()) else { continue };
        let mut has_child = vec![false; above.len()];
        for parent in below.iter().filter(|node| node.is_alive).flat_map(|node| &node.parents) {
            if let Some(has_child) = has_child.get_mut(*parent) {
                *has_child = true;
            }
        }
        for (node, has_child) in above.iter_mut().zip(has_child) {
            node.is_alive &= has_child;
        }
    }
    let is_left = levels.first().is_some_and(|level| level.iter().any(|node| node.is_alive));
    is_left.then_some(levels)
}

//! What warps would take if their lanes were chosen in another way.
//!
//! A lane alone is followed in the interpreter, turn by turn of the kernel's loop: which basic blocks it runs. Any choice of
//! which photons share a warp in a turn can then be tried: lanes of a warp that are at the same place share an issue slot,
//! those deepest in calls and least advanced in the text go first, as in the interpreter itself.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use optixrap::engine::{Batch, EventInput, PropagateConfig};
use optixrap::scene::SceneData;
use optixrap::transport::PathPoint;
use ptxrun::{LaunchConfig, Place};

use super::device::{Gpu, Launch};
use super::events::{input, on_cpu};
use super::policy::{By, Lanes, Policy, Sort};
use super::scenes::Light;

/// One turn of the loop for one photon.
struct Turn {
    places: Vec<Place>,
    /// The volume that the photon is in.
    volume: u32,
    /// What happens at the point that it comes to; 0 where there is none.
    flag: u32,
}

/// Photons, each with its turns; the first of them makes it.
pub(super) struct Photons {
    turns: Vec<Vec<Turn>>,
    pub(super) points: u64,
}

/// A photon, and its next turn.
type At = (usize, usize);

/// What a policy takes.
#[derive(Default, Clone, Copy)]
pub(super) struct Taken {
    /// Slots of all lanes, and those used.
    slots: u64,
    used: u64,
    points: u64,
    /// Slots and points until the last photon was made.
    full_slots: u64,
    full_points: u64,
    /// Slots between barriers, and what they were if every warp took as many as its block's slowest.
    between: u64,
    slowest: u64,
}

impl Taken {
    pub(super) fn slots_per_point(&self) -> f64 {
        self.slots as f64 / self.points as f64
    }

    /// The same without the end, when lanes find no photon any more.
    pub(super) fn full_slots_per_point(&self) -> f64 {
        self.full_slots as f64 / self.full_points as f64
    }

    pub(super) fn lanes_used(&self) -> f64 {
        self.used as f64 / self.slots as f64
    }

    /// What is left of a warp's time where warps wait for each other at barriers.
    pub(super) fn not_waiting(&self) -> f64 {
        if self.slowest == 0 { 1.0 } else { self.between as f64 / self.slowest as f64 }
    }
}

impl Photons {
    /// Follows the first `n` photons of events with the same light, one after the other in one lane.
    pub(super) fn follow(scene: &SceneData, light: &Light, kernel: &'static str, n: u64) -> Self {
        let mut batch = Batch::default();
        let mut visits = Vec::new();
        let config = PropagateConfig::default();
        while batch.n_photons() < n {
            let event = input(light, batch.events.len() as u32);
            batch.add(scene, &event, None).unwrap();
            visits.extend(visited(scene, &event, &config));
        }
        visits.truncate(n as usize);
        let shape = LaunchConfig { paths: true, ..LaunchConfig::linear(1, 1).lockstep() };
        let launch = Launch { shape, room: n as usize, refill_at: 31, ..Launch::new(kernel, 1) };
        let mut gpu = Gpu::new(scene, kernel, None);
        let events = gpu.propagate(&batch, &config, &launch, 0..n);
        let points = events.iter().map(|event| event.summary.points).sum();
        let mut stretches = gpu.stats.paths.swap_remove(0).into_iter();
        // What comes before the loop.
        stretches.next();
        let mut turn = |(volume, flag)| Turn { places: stretches.next().unwrap(), volume, flag };
        let turns = visits.into_iter().map(|visits| visits.into_iter().map(&mut turn).collect()).collect();
        assert_eq!(stretches.len(), 1, "turns that belong to no point");
        Self { turns, points }
    }

    pub(super) fn count(&self) -> usize {
        self.turns.len()
    }

    /// Lets warps run all photons.
    pub(super) fn run(&self, policy: &Policy) -> Taken {
        let warps = policy.lanes / 32;
        let mut run = Run {
            photons: self,
            fetched: 0,
            lanes: vec![None; policy.lanes],
            shelves: vec![Vec::new(); warps],
            since_barrier: vec![0; warps],
            taken: Taken::default(),
        };
        for turn in 0.. {
            match policy.choice {
                Lanes::Sorted(sort) if turn % sort.every == 0 && turn > 0 => run.sort(&sort),
                _ => {}
            }
            for warp in 0..warps {
                let before = run.taken.slots;
                run.choose(warp, policy);
                run.turn(warp);
                run.since_barrier[warp] += run.taken.slots - before;
            }
            if run.fetched < self.turns.len() {
                (run.taken.full_slots, run.taken.full_points) = (run.taken.slots, run.taken.points);
            } else if run.lanes.iter().all(Option::is_none) && run.shelves.iter().all(Vec::is_empty) {
                break;
            }
        }
        assert_eq!(run.taken.points, self.points);
        run.taken
    }
}

/// A policy under way.
struct Run<'a> {
    photons: &'a Photons,
    fetched: usize,
    lanes: Vec<Option<At>>,
    /// For each warp the photons that wait.
    shelves: Vec<Vec<At>>,
    /// For each warp its slots since the last barrier.
    since_barrier: Vec<u64>,
    taken: Taken,
}

impl Run<'_> {
    fn flying(&self, warp: usize) -> usize {
        self.lanes[32 * warp..][..32].iter().flatten().count()
    }

    /// Photons of a block change lanes.
    fn sort(&mut self, sort: &Sort) {
        for first in (0..self.lanes.len()).step_by(sort.block) {
            let mut block = self.lanes[first..first + sort.block].to_vec();
            let with_photon = block.iter().flatten().count();
            block.sort_by_key(|lane| lane.map_or(u64::MAX, |at| self.key(at, sort.by)));
            self.lanes[first..first + sort.block].copy_from_slice(&block);
            let warps = &mut self.since_barrier[first / 32..][..sort.block / 32];
            self.taken.between += warps.iter().sum::<u64>();
            self.taken.slowest += warps.len() as u64 * warps.iter().max().unwrap();
            warps.fill(0);
            for _ in 0..warps.len() {
                self.fixed(with_photon * 32 / sort.block, sort.cost);
            }
        }
    }

    fn key(&self, (photon, turn): At, by: By) -> u64 {
        let turns = &self.photons.turns[photon];
        match by {
            By::Nothing => 0,
            By::Volume => turns[turn].volume.into(),
            By::Last => turn.checked_sub(1).map_or(0, |last| turns[last].flag.into()),
            By::Future => u64::from(turns[turn].volume) << 32 | u64::from(turns[turn].flag),
        }
    }

    /// Gives the lanes of a warp photons, as the policy does it before each turn.
    fn choose(&mut self, warp: usize, policy: &Policy) {
        let flying = self.flying(warp);
        match policy.choice {
            Lanes::Each if flying > 0 => {}
            _ if flying > policy.refill_at => {}
            Lanes::Shelf(cost) => {
                let waiting = self.lanes[32 * warp..][..32].iter_mut().filter_map(Option::take);
                self.shelves[warp].extend(waiting);
                self.fixed(flying, cost);
                let n = self.shelves[warp].len().min(32);
                if n == 32 || self.fetched == self.photons.turns.len() {
                    for lane in 0..n {
                        self.lanes[32 * warp + lane] = self.shelves[warp].pop();
                    }
                    self.fixed(n, cost);
                } else {
                    self.refill(warp);
                }
            }
            _ => self.refill(warp),
        }
    }

    fn refill(&mut self, warp: usize) {
        for lane in self.lanes[32 * warp..][..32].iter_mut().filter(|lane| lane.is_none()) {
            if self.fetched < self.photons.turns.len() {
                *lane = Some((self.fetched, 0));
                self.fetched += 1;
            }
        }
    }

    /// Some lanes of a warp run so many instructions.
    fn fixed(&mut self, lanes: usize, instructions: u64) {
        if lanes > 0 {
            self.taken.slots += 32 * instructions;
            self.taken.used += lanes as u64 * instructions;
        }
    }

    /// One turn of the loop for one warp.
    fn turn(&mut self, warp: usize) {
        let photons = self.photons;
        let lanes = &mut self.lanes[32 * warp..][..32];
        let turns = lanes.iter().flatten().map(|&(photon, turn)| &photons.turns[photon][turn]);
        let mut at: Vec<&[Place]> = turns.map(|turn| turn.places.as_slice()).collect();
        let order = |place: &Place| (Reverse(place.depth), place.block);
        while let Some(next) = at.iter().filter_map(|places| places.first()).map(order).min() {
            let mut cost = 0;
            for places in &mut at {
                if let Some((place, rest)) = places.split_first().filter(|(place, _)| order(place) == next) {
                    cost = u64::from(place.instructions);
                    self.taken.used += cost;
                    *places = rest;
                }
            }
            self.taken.slots += 32 * cost;
        }
        for lane in lanes {
            if let Some((photon, turn)) = *lane {
                let turns = &photons.turns[photon];
                self.taken.points += u64::from(turns[turn].flag != 0);
                *lane = (turn + 1 < turns.len()).then_some((photon, turn + 1));
            }
        }
    }
}

/// For each photon of an event, turn by turn: its volume, and what happens at the point that it comes to.
fn visited(scene: &SceneData, event: &EventInput, config: &PropagateConfig) -> Vec<Vec<(u32, u32)>> {
    let config = PropagateConfig { records: true, ..config.clone() };
    let g = scene.geometry();
    let volumes: BTreeMap<u32, u32> =
        scene.all_nodes().map(|node| (g.depth_first(node), g.record(node).volume)).collect();
    let mut photons: Vec<Vec<(u32, u32)>> = Vec::new();
    let mut volume = 0;
    for PathPoint(words) in on_cpu(scene, event, &config, None).records {
        let [flag, node, _, number] = [12, 13, 14, 15].map(|i| words[i].to_bits());
        match photons.last_mut() {
            Some(turns) if number > 0 => turns.push((volume, flag)),
            _ => photons.push(Vec::new()),
        }
        volume = volumes[&node];
    }
    photons
}

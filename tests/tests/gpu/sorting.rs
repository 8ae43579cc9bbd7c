//! Whether photons should change lanes, so that those in the same volume share a warp: docs/decisions/0007.
//!
//! `cargo test -p tests gpu::sorting -- --nocapture` prints the tables.

use optixrap::scene::{SceneData, SurfaceModel};

use super::divergence::{measure, muon, muon_light};
use super::policy::{By, Lanes, Policy, Sort};
use super::replay::{Photons, Taken};
use super::scenes;
use crate::truth::run;

const ZOO: &str = include_str!("../../data/zoo.gdml");

/// Photons that are followed.
const PHOTONS: u64 = 3000;

/// Today's loop.
const TODAY: Policy = Policy { lanes: 256, refill_at: 20, choice: Lanes::Next };

/// Instructions that sort the photons of a block: 54 words into shared memory and out again, four at a time, and counting
/// the photons of each key with two barriers. A word at a time it takes 148.
const SORT: u64 = 68;

/// Instructions that put a photon onto a shelf or take it from there, a word at a time.
const SHELVE: u64 = 60;

fn figures(name: &str, photons: &Photons, policy: &Policy) -> Taken {
    let taken = photons.run(policy);
    println!(
        "  {name:<44} {:5.0} slots per point, {:5.0} while there are photons, {:4.1} % of the lanes, {:3.0} % at no barrier",
        taken.slots_per_point(),
        taken.full_slots_per_point(),
        100.0 * taken.lanes_used(),
        100.0 * taken.not_waiting()
    );
    taken
}

/// What today's loop takes, and with a shelf for every warp, and sorted freely by volume.
struct Found {
    today: f64,
    shelf: f64,
    gathered: f64,
    by_volume: f64,
}

fn table(name: &str, photons: &Photons) -> Found {
    println!("{name}: {} photons, {} points", photons.count(), photons.points);
    figures("one thread per photon", photons, &Policy { choice: Lanes::Each, ..TODAY });
    figures("refill at 31", photons, &Policy { refill_at: 31, ..TODAY });
    let today = figures("today, refill at 20", photons, &TODAY);
    let sorted = |every, by, cost| {
        let sort = Sort { block: 256, every, by, cost };
        let name = match cost {
            0 => format!("sorted by {by:?}, every point, free"),
            _ => format!("sorted by {by:?}, every {every}"),
        };
        figures(&name, photons, &Policy { choice: Lanes::Sorted(sort), ..TODAY })
    };
    let free = [By::Nothing, By::Volume, By::Last, By::Future].map(|by| {
        let free = sorted(1, by, 0);
        for every in [1, 2, 4, 16] {
            sorted(every, by, SORT);
        }
        free.slots_per_point()
    });
    let shelf = [16, 20, 24, 28].map(|refill_at| {
        let policy = Policy { refill_at, choice: Lanes::Shelf(SHELVE), ..TODAY };
        figures(&format!("a shelf for every warp, refill at {refill_at}"), photons, &policy).slots_per_point()
    });
    Found { today: today.slots_per_point(), shelf: shelf[3], gathered: free[0], by_volume: free[1] }
}

#[test]
fn what_a_lane_alone_has_run_says_what_lanes_together_take() {
    let cube = scenes::cube();
    let photons = Photons::follow(&cube, &muon_light(&cube), "propagate_simple", 8000);
    for refill_at in [20, 31] {
        let run = measure(&cube, &muon(&cube), "propagate_simple", 4, refill_at).slots_per_point();
        let policy = Policy { lanes: 128, refill_at: refill_at as usize, ..TODAY };
        let replayed = figures("replayed", &photons, &policy).slots_per_point();
        assert!((replayed / run - 1.0).abs() < 0.03, "{replayed} replayed, {run} run");
    }
}

#[test]
fn a_warp_that_puts_its_last_photons_aside_takes_less_than_sorting_by_volume() {
    let cube = scenes::cube();
    let found = table("cube", &Photons::follow(&cube, &muon_light(&cube), "propagate_simple", 8000));
    assert!(found.by_volume > 0.95 * found.gathered, "volumes are of little account in the cube");
    assert!(found.shelf < 0.85 * found.today);
}

#[test]
fn photons_of_a_volume_share_little_among_many_solids() {
    let scenes: [(&str, SceneData); 2] =
        [("zoo", run::scene(ZOO, SurfaceModel::Opticks)), ("photomultipliers", scenes::photomultipliers())];
    for (name, scene) in scenes {
        let light = scenes::torch(500, [0.0, 0.0, 0.0]);
        let found = table(name, &Photons::follow(&scene, &light, "propagate", PHOTONS));
        assert!(found.by_volume > 0.75 * found.today, "{name}");
    }
}

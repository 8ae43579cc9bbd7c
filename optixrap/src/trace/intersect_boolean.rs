//! Booleans of any depth: the sorted crossings of the leaves, walked one after the other.
//!
//! At a parameter of the line the branching program of [`BooleanLeaf`]s tells whether the point is inside, asking only
//! the leaves that matter there; the nearest crossing of one of *those* is the next place where the answer may change.
//! Crossings within the tolerance of each other are taken together, so that coincident faces leave no skin.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{LEAF_MASK, LEAF_SHIFT, LOST};
use crate::trace::leaf;
use crate::trace::ray::{Crossing, Ray, abs, enters, max};
use crate::trace::record::{BooleanLeaf, INSIDE, OUTSIDE, SolidRecord};
use crate::trace::solid::Solids;

/// A boolean, with what all of its rays share.
#[derive(Clone, Copy)]
pub(crate) struct Boolean<'a> {
    solids: &'a Solids<'a>,
    leaves: &'a [BooleanLeaf],
    tolerance_mm: f32,
}

/// A crossing of a leaf.
#[derive(Debug, Clone, Copy)]
struct Event {
    t: f32,
    face: u32,
}

const NEVER: Event = Event { t: f32::INFINITY, face: 0 };

/// The answer at one parameter, and the next crossings of the leaves that were asked: those that can only turn the
/// answer to inside, and those that can only turn it to outside.
#[derive(Debug, Clone, Copy)]
struct State {
    inside: bool,
    entering: Event,
    leaving: Event,
}

impl State {
    /// The next crossing of any leaf.
    #[inline(always)]
    fn next(&self) -> Event {
        if self.entering.t < self.leaving.t { self.entering } else { self.leaving }
    }
}

impl BooleanLeaf {
    #[inline(always)]
    fn rotated(&self, v: Vec3) -> Vec3 {
        vec3(self.rotation[0].dot(v), self.rotation[1].dot(v), self.rotation[2].dot(v))
    }

    /// Whether the line, ahead of `from`, stays clear of the sphere around the leaf.
    #[inline(always)]
    fn is_clear_of(&self, ray: &Ray, from: f32) -> bool {
        let to_centre = self.centre - ray.origin;
        let along = to_centre.dot(ray.direction);
        let radius = self.radius + 1e-6 * abs(along);
        let across = to_centre - ray.direction * along;
        along + radius < from || across.dot(across) > radius * radius
    }
}

impl<'a> Boolean<'a> {
    #[inline(always)]
    pub(crate) fn new(solids: &'a Solids<'a>, record: &SolidRecord, tolerance_mm: f32) -> Boolean<'a> {
        let leaves = &solids.leaves[record.first as usize..(record.first + record.count) as usize];
        Boolean { solids, leaves, tolerance_mm }
    }

    /// A parameter that is surely behind crossings at `t`.
    #[inline(always)]
    fn beyond(&self, t: f32) -> f32 {
        t + max(self.tolerance_mm, 3e-7 * abs(t))
    }

    /// The answer just after `from`.
    #[inline]
    fn ask(&self, ray: &Ray, from: f32) -> State {
        let mut state = State { inside: false, entering: NEVER, leaving: NEVER };
        let mut at = 0;
        while let Some(node) = self.leaves.get(at as usize) {
            let inside = self.ask_leaf(at, node, ray, from, &mut state);
            at = if inside { node.if_inside } else { node.if_outside };
        }
        state.inside = at == INSIDE;
        state
    }

    #[inline]
    fn ask_leaf(&self, at: u32, node: &BooleanLeaf, ray: &Ray, from: f32, state: &mut State) -> bool {
        if node.is_clear_of(ray, from) {
            return false;
        }
        let record = &self.solids.records[node.solid as usize];
        let origin = node.rotated(ray.origin - node.origin);
        let direction = node.rotated(ray.direction);
        // Length of one mm of the ray in the leaf's frame.
        let (direction, mm) =
            if node.stretched != 0 { (direction.normalized(), direction.length()) } else { (direction, 1.0) };
        let leaf_ray = Ray::new(origin, direction);
        let tolerance_mm = self.tolerance_mm * mm;
        let Some(crossing) = leaf::crossing_after(self.solids, record, &leaf_ray, from * mm, tolerance_mm)
        else {
            return false;
        };
        let t = if node.stretched != 0 { crossing.t / mm } else { crossing.t };
        let enters = crossing.leaves == (node.subtracted != 0);
        let event = if enters { &mut state.entering } else { &mut state.leaving };
        if t < event.t {
            *event = Event { t, face: crossing.face | at << LEAF_SHIFT };
        }
        crossing.leaves
    }

    /// The first crossing of the boolean itself after a known state, nearer than `limit`.
    #[inline(never)]
    fn change(&self, ray: &Ray, mut state: State, limit: f32) -> Option<Event> {
        while state.next().t < limit {
            let next = state.next();
            let behind = self.beyond(next.t);
            let following = self.ask(ray, behind);
            if following.inside != state.inside {
                let turning = if state.inside { state.leaving } else { state.entering };
                return Some(if turning.t <= behind { turning } else { next });
            }
            state = following;
        }
        None
    }

    #[inline(always)]
    fn cos(&self, ray: &Ray, event: Event) -> f32 {
        abs(self.normal(event.face, ray.at(event.t)).dot(ray.direction))
    }

    /// The last crossing behind `from`, where the state is `state`.
    #[inline]
    fn change_behind(&self, ray: &Ray, from: f32) -> Option<Event> {
        let reversed = Ray { origin: ray.origin, direction: -ray.direction, inverse: -ray.inverse };
        let state = self.ask(&reversed, -from);
        let event = self.change(&reversed, state, f32::INFINITY)?;
        Some(Event { t: -event.t, face: event.face })
    }

    /// Where a ray from outside enters.
    #[inline(never)]
    pub(crate) fn enter(&self, ray: &Ray, limit: f32) -> Option<Crossing> {
        let mut state = self.ask(ray, self.tolerance_mm);
        if state.inside {
            let leave = self.change(ray, state, f32::INFINITY)?;
            if let Some(enter) = self.change_behind(ray, self.tolerance_mm)
                && enters(enter.t, leave.t, || self.cos(ray, enter), self.tolerance_mm)
            {
                return Some(Crossing { distance: max(enter.t, 0.0), face: enter.face });
            }
            state = self.ask(ray, self.beyond(leave.t));
        }
        let enter = self.change(ray, state, limit)?;
        Some(Crossing { distance: enter.t, face: enter.face })
    }

    /// Where a ray from inside leaves.
    #[inline(never)]
    pub(crate) fn leave(&self, ray: &Ray) -> Crossing {
        let mut state = self.ask(ray, self.tolerance_mm);
        let mut ahead = 0;
        if !state.inside
            && let Some(enter) = self.change(ray, state, f32::INFINITY)
        {
            ahead = enter.face;
            if enter.t * self.cos(ray, enter) <= self.tolerance_mm {
                state = self.ask(ray, self.beyond(enter.t));
            }
        }
        if state.inside
            && let Some(leave) = self.change(ray, state, f32::INFINITY)
        {
            return Crossing { distance: leave.t, face: leave.face };
        }
        let found = match self.change_behind(ray, self.tolerance_mm) {
            Some(exit) => Crossing::exit(exit.t, exit.face, self.cos(ray, exit), self.tolerance_mm),
            None => Crossing { distance: 0.0, face: LOST | ahead },
        };
        if found.is_lost() { self.leave_at_edge(*ray).unwrap_or(found) } else { found }
    }

    /// Where a ray leaves whose chord is shorter than the tolerance, or nothing at all: who has just been reflected by a
    /// face at its edge leaves through the other one. A little further in, towards or (from a hole) away from the middle
    /// of a leaf, the ray meets that face.
    #[inline(never)]
    fn leave_at_edge(&self, ray: Ray) -> Option<Crossing> {
        for node in self.leaves {
            let inwards =
                if node.subtracted != 0 { ray.origin - node.centre } else { node.centre - ray.origin };
            let further = ray.origin + inwards.normalized() * (8.0 * self.tolerance_mm);
            if !self.contains(further) {
                continue;
            }
            let beside = Ray { origin: further, ..ray };
            let leave = self.change(&beside, self.ask(&beside, 0.0), f32::INFINITY);
            if let Some(leave) = leave
                && leave.t * self.cos(&beside, leave) < 16.0 * self.tolerance_mm
            {
                return Some(Crossing { distance: 0.0, face: leave.face });
            }
        }
        None
    }

    /// Whether a point is strictly inside.
    #[inline]
    pub(crate) fn contains(&self, p: Vec3) -> bool {
        let mut at = if self.leaves.is_empty() { OUTSIDE } else { 0 };
        while let Some(node) = self.leaves.get(at as usize) {
            let record = &self.solids.records[node.solid as usize];
            let inside = leaf::contains(self.solids, record, node.rotated(p - node.origin));
            at = if inside { node.if_inside } else { node.if_outside };
        }
        at == INSIDE
    }

    /// The unit normal of a face at a point of it.
    #[inline]
    pub(crate) fn normal(&self, face: u32, p: Vec3) -> Vec3 {
        let Some(node) = self.leaves.get((face >> LEAF_SHIFT) as usize) else {
            return vec3(0.0, 0.0, 1.0);
        };
        let record = &self.solids.records[node.solid as usize];
        let n = leaf::normal(self.solids, record, face & LEAF_MASK, node.rotated(p - node.origin));
        let [x, y, z] = node.rotation;
        let outward = x * n.x + y * n.y + z * n.z;
        let outward = if node.stretched != 0 { outward.normalized() } else { outward };
        if node.subtracted != 0 { -outward } else { outward }
    }
}

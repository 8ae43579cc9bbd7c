//! Solids with many planar faces: triangles with a hierarchy of boxes over them.
//!
//! Every crossing is one of [`Projection::passage`], so that none is missed or doubled at an edge. Crossings within the
//! tolerance of each other are taken together: their balance tells whether the ray enters, leaves, or has only touched
//! the surface. Whether a point of the ray is inside follows from the next crossing.
//!
//! The triangles are met in f64, with f64 corners: a distance is that of the exact solid to a rounding of f32 (6e-8 of
//! it). The boxes are met in f32, by a ray that starts near the solid; they are padded by 1e-6 of the largest coordinate,
//! which is more than that ray can be off.

use crate::intrinsics::sqrt_f64;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::bvh;
use crate::trace::face::LOST;
use crate::trace::ray::{Crossing, Ray, abs, enters, max};
use crate::trace::record::{FacetRecord, SolidRecord};
use crate::trace::solid::Solids;
use crate::trace::triangle::Projection;

/// A mesh and a line.
#[derive(Clone, Copy)]
pub(crate) struct Mesh<'a> {
    solids: &'a Solids<'a>,
    record: &'a SolidRecord,
    ray: &'a Ray,
    projection: Projection,
    /// Parameters between which the line is within the sphere around the solid.
    reach: (f32, f32),
    tolerance_mm: f32,
}

/// A crossing of the surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Event {
    /// Parameter of the line.
    pub(crate) t: f32,
    /// The triangle.
    pub(crate) face: u32,
    /// Whether the line leaves the solid.
    pub(crate) leaves: bool,
}

/// The most crossings that are taken together.
const MOST: usize = 8;

/// The crossings nearest to a parameter, in order.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    events: [Event; MOST],
    n: usize,
}

impl Cluster {
    /// Keeps `event` if it is among the nearest; `sign` is -1 where smaller parameters are further.
    #[inline(always)]
    fn insert(&mut self, event: Event, sign: f32) {
        let mut at = if self.n < MOST { self.n } else { MOST };
        while at > 0 && event.t * sign < self.events[at - 1].t * sign {
            if at < MOST {
                self.events[at] = self.events[at - 1];
            }
            at -= 1;
        }
        if at < MOST {
            self.events[at] = event;
            self.n = if self.n < MOST { self.n + 1 } else { MOST };
        }
    }
}

#[inline(always)]
fn corners(solids: &Solids, facet: &FacetRecord) -> [[f64; 3]; 3] {
    facet.corners.map(|at| solids.vertices[at as usize])
}

impl<'a> Mesh<'a> {
    #[inline]
    pub(crate) fn new(
        solids: &'a Solids<'a>,
        record: &'a SolidRecord,
        ray: &'a Ray,
        tolerance_mm: f32,
    ) -> Mesh<'a> {
        let p = &record.params;
        let to_centre = vec3(p[0], p[1], p[2]) - ray.origin;
        let along = to_centre.dot(ray.direction);
        let radius = p[3] + 1e-6 * abs(along);
        let reach = (along - radius, along + radius);
        Mesh { solids, record, ray, projection: Projection::new(ray), reach, tolerance_mm }
    }

    /// Where the line crosses the triangle `index`.
    #[inline(always)]
    fn crossing(&self, index: u32) -> Option<Event> {
        let facet = &self.solids.facets[(self.record.first + index) as usize];
        let passage = self.projection.passage(corners(self.solids, facet))?;
        Some(Event { t: passage.t as f32, face: index, leaves: passage.leaves })
    }

    /// The ray of the boxes: it starts at parameter `start` and runs forwards or backwards.
    #[inline(always)]
    fn probe(&self, start: f32, sign: f32) -> Ray {
        let (o, d, s) = (self.ray.origin, self.ray.direction, start as f64);
        let at = |o: f32, d: f32| (o as f64 + d as f64 * s) as f32;
        let origin = vec3(at(o.x, d.x), at(o.y, d.y), at(o.z, d.z));
        Ray { origin, direction: d * sign, inverse: self.ray.inverse * sign }
    }

    /// The crossings nearest to `from`, those beyond it (`sign` 1) or before it (-1), within the tolerance of the first.
    #[inline]
    fn cluster(&self, from: f32, sign: f32) -> Cluster {
        let mut cluster = Cluster { events: [Event { t: 0.0, face: 0, leaves: false }; MOST], n: 0 };
        let (near, far) = if sign > 0.0 { self.reach } else { (-self.reach.1, -self.reach.0) };
        let start = max(from * sign, near);
        if start > far {
            return cluster;
        }
        let probe = self.probe(start * sign, sign);
        bvh::visit(self.solids.mesh_nodes, self.record.parts, &probe, far - start, |index, limit| match self
            .crossing(index)
        {
            Some(event) if (event.t - from) * sign > 0.0 && event.t * sign - start <= limit => {
                cluster.insert(event, sign);
                cluster.events[0].t * sign + self.together(cluster.events[0].t) - start
            }
            _ => limit,
        });
        cluster
    }

    /// How close crossings at `t` must be to count as one.
    #[inline(always)]
    fn together(&self, t: f32) -> f32 {
        max(self.tolerance_mm, 3e-7 * abs(t))
    }

    /// The next real crossing beyond or before `from`.
    #[inline(never)]
    fn next(&self, from: f32, sign: f32) -> Option<Event> {
        let mut from = from;
        loop {
            let cluster = self.cluster(from, sign);
            let first = *cluster.events[..cluster.n].first()?;
            let within = first.t * sign + self.together(first.t);
            let (mut balance, mut last) = (0, first.t);
            for event in cluster.events[..cluster.n].iter().filter(|event| event.t * sign <= within) {
                balance += if event.leaves { 1 } else { -1 };
                last = event.t;
            }
            let real = |event: &&Event| event.leaves == (balance > 0);
            if balance != 0 {
                return cluster.events[..cluster.n].iter().find(real).copied();
            }
            from = last;
        }
    }

    /// The next crossing beyond `from`.
    #[inline]
    pub(crate) fn after(&self, from: f32) -> Option<Event> {
        self.next(from, 1.0)
    }

    #[inline(always)]
    fn cos(&self, event: &Event) -> f32 {
        abs(normal(self.solids, self.record, event.face).dot(self.ray.direction))
    }

    /// Where a ray from outside enters.
    #[inline(never)]
    pub(crate) fn enter(&self, limit: f32) -> Option<Crossing> {
        let mut event = self.after(self.tolerance_mm)?;
        if event.leaves {
            if let Some(behind) = self.next(self.tolerance_mm, -1.0)
                && !behind.leaves
                && enters(behind.t, event.t, || self.cos(&behind), self.tolerance_mm)
            {
                return Some(Crossing { distance: max(behind.t, 0.0), face: behind.face });
            }
            event = self.after(event.t)?;
        }
        (!event.leaves && event.t < limit).then_some(Crossing { distance: event.t, face: event.face })
    }

    /// Where a ray from inside leaves.
    #[inline(never)]
    pub(crate) fn leave(&self) -> Crossing {
        let mut ahead = self.after(self.tolerance_mm);
        let mut face = LOST;
        if let Some(event) = ahead
            && !event.leaves
        {
            face |= event.face;
            let touches = event.t * self.cos(&event) <= self.tolerance_mm;
            ahead = if touches { self.after(event.t) } else { None };
        }
        match ahead {
            Some(event) if event.leaves => Crossing { distance: event.t, face: event.face },
            _ => match self.next(self.tolerance_mm, -1.0) {
                Some(exit) if exit.leaves => {
                    Crossing::exit(exit.t, exit.face, self.cos(&exit), self.tolerance_mm)
                }
                _ => Crossing { distance: 0.0, face },
            },
        }
    }
}

/// Whether a point is strictly inside: of the crossings ahead of it one more leaves than enters.
#[inline(never)]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    let ray = Ray::new(p, vec3(0.0, 0.0, 1.0));
    let projection = Projection::new(&ray);
    let mut balance = 0;
    bvh::visit(solids.mesh_nodes, record.parts, &ray, f32::MAX, |index, limit| {
        let facet = &solids.facets[(record.first + index) as usize];
        if let Some(passage) = projection.passage(corners(solids, facet))
            && passage.t > 0.0
        {
            balance += if passage.leaves { 1 } else { -1 };
        }
        limit
    });
    balance > 0
}

/// The unit normal of a triangle.
#[inline]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32) -> Vec3 {
    let index = if face < record.count { face } else { 0 };
    let [a, b, c] = corners(solids, &solids.facets[(record.first + index) as usize]);
    let e = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    let f = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    let n = [e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2], e[0] * f[1] - e[1] * f[0]];
    let length = sqrt_f64(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    if length > 0.0 {
        vec3((n[0] / length) as f32, (n[1] / length) as f32, (n[2] / length) as f32)
    } else {
        vec3(0.0, 0.0, 1.0)
    }
}

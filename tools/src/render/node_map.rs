//! Which volume each point of a plane is in.

use std::collections::BTreeSet;

use optixrap::physics::vec3::vec3;
use optixrap::trace::geometry::{Geometry, NONE};
use optixrap::trace::{navigate, solid};
use optixrap::walk::{RayWalk, StraightRay};
use rayon::prelude::*;

use super::Cut;

/// A grid of points in a plane: `size` cells across and up from the `low` corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grid {
    pub(super) cut: Cut,
    /// Coordinates of the corner, mm, along the two axes of the picture.
    pub(super) low: [f64; 2],
    /// Side of a cell, mm.
    pub(super) cell_mm: f64,
    /// Cells across and up.
    pub(super) size: (usize, usize),
}

impl Grid {
    /// The point of the world at coordinates in the plane.
    fn point(&self, [a, b]: [f64; 2]) -> [f64; 3] {
        let [first, second] = self.cut.axis.others();
        let mut p = [0.0; 3];
        p[self.cut.axis.index()] = self.cut.at_mm;
        (p[first.index()], p[second.index()]) = (a, b);
        p
    }

    /// The middle of a cell.
    fn middle(&self, column: usize, row: usize) -> [f64; 3] {
        let at = |i: usize, n: usize| self.low[i] + (n as f64 + 0.5) * self.cell_mm;
        self.point([at(0, column), at(1, row)])
    }
}

/// The node of each cell, rows from below, [`NONE`] outside the world.
#[derive(Debug, Clone)]
pub(super) struct NodeMap {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) nodes: Vec<u32>,
}

/// Stretches of volumes along a line of cells: those that hold a cell's middle, and those too thin for that.
struct Line {
    nodes: Vec<u32>,
    thin: Vec<(usize, u32)>,
}

impl NodeMap {
    /// Walks along every row and every column. Layers thinner than a cell are given one. Also: the places
    /// of cells that two touchables claim, with both. These are sisters that overlap, and volumes that stick out of their
    /// mother: what a photon meets there depends on where it comes from.
    pub(super) fn new(g: &Geometry, grid: &Grid) -> (Self, Vec<(usize, [u32; 2])>) {
        let (width, height) = grid.size;
        let rows: Vec<Line> = (0..height).into_par_iter().map(|row| line(g, grid, row, false)).collect();
        let columns: Vec<Line> =
            (0..width).into_par_iter().map(|column| line(g, grid, column, true)).collect();
        let disputed = disputed(g, grid, &rows, &columns);
        let mut nodes: Vec<u32> = rows.iter().flat_map(|line| line.nodes.iter().copied()).collect();
        for (row, line) in rows.iter().enumerate() {
            line.thin.iter().for_each(|&(column, node)| nodes[row * width + column] = node);
        }
        for (column, line) in columns.iter().enumerate() {
            line.thin.iter().for_each(|&(row, node)| nodes[row * width + column] = node);
        }
        (Self { width, height, nodes }, disputed)
    }

    /// The node of a cell; [`NONE`] outside.
    pub(super) fn at(&self, column: usize, row: usize) -> u32 {
        if column < self.width && row < self.height { self.nodes[row * self.width + column] } else { NONE }
    }
}

/// Walks along a row, or a column where `upwards`.
fn line(g: &Geometry, grid: &Grid, index: usize, upwards: bool) -> Line {
    let cells = if upwards { grid.size.1 } else { grid.size.0 };
    let beside = grid.low[usize::from(!upwards)] + (index as f64 + 0.5) * grid.cell_mm;
    let start = if upwards { [beside, grid.low[1]] } else { [grid.low[0], beside] };
    let [first, second] = grid.cut.axis.others();
    let along = if upwards { second } else { first };
    let mut direction = [0.0; 3];
    direction[along.index()] = 1.0;
    let mut line = Line { nodes: vec![NONE; cells], thin: Vec::new() };
    let Ok(ray) = StraightRay::new(grid.point(start), direction) else { return line };
    let mut walk = RayWalk::new(*g, ray);
    let (mut node, mut from) = (walk.start().unwrap_or(NONE), 0.0);
    loop {
        let crossing = walk.next();
        let to = crossing.map_or(f64::INFINITY, |c| c.distance_mm);
        fill(&mut line, (from, to.min(cells as f64 * grid.cell_mm)), node, grid.cell_mm);
        match crossing {
            Some(c) if from < cells as f64 * grid.cell_mm => (node, from) = (c.to.unwrap_or(NONE), to),
            _ => return line,
        }
    }
}

/// Marks the cells whose middles lie in a stretch, or else the one in which it lies.
fn fill(line: &mut Line, (from, to): (f64, f64), node: u32, cell_mm: f64) {
    if to <= from {
        return;
    }
    let cell = |x: f64| (x / cell_mm - 0.5).ceil().clamp(0.0, line.nodes.len() as f64) as usize;
    let (first, end) = (cell(from), cell(to));
    if first < end {
        line.nodes[first..end].fill(node);
    } else if node != NONE && !line.nodes.is_empty() {
        let at = ((0.5 * (from + to) / cell_mm) as usize).min(line.nodes.len() - 1);
        line.thin.push((at, node));
    }
}

fn disputed(g: &Geometry, grid: &Grid, rows: &[Line], columns: &[Line]) -> Vec<(usize, [u32; 2])> {
    let width = grid.size.0;
    let of_row = |row: usize| -> Vec<(usize, [u32; 2], bool)> {
        let differs = |column: usize| {
            let (along, up) = (rows[row].nodes[column], columns[column].nodes[row]);
            let (here, sister) = claims(g, grid.middle(column, row));
            if sister != NONE {
                return Some((row * width + column, [here, sister], true));
            }
            let other = if along != up { up } else { here };
            (along != other).then_some((row * width + column, [along, other], false))
        };
        (0..width).filter_map(differs).collect()
    };
    let found: Vec<_> = (0..rows.len()).into_par_iter().flat_map_iter(of_row).collect();
    // Where sisters overlap, the way through them is lost also beyond: that is a consequence and no further fault.
    let overlapping: BTreeSet<u32> =
        found.iter().filter(|(_, _, overlap)| *overlap).flat_map(|(_, pair, _)| *pair).collect();
    let own = |pair: &[u32; 2]| !pair.iter().any(|node| overlapping.contains(node));
    found
        .into_iter()
        .filter(|(_, pair, overlap)| *overlap || own(pair))
        .map(|(at, pair, _)| (at, pair))
        .collect()
}

/// The deepest touchable that holds a point, and a sister of it or of one of its mothers that holds it too; [`NONE`] where
/// there is none.
fn claims(g: &Geometry, point: [f64; 3]) -> (u32, u32) {
    let [x, y, z] = point.map(|v| v as f32);
    let mut p = vec3(x, y, z);
    let world = g.volume_of(0);
    if !solid::contains(&g.solids, world.solid, p) {
        return (NONE, NONE);
    }
    let mut node = 0;
    loop {
        let volume = g.volume_of(node);
        if volume.n_daughters == 0 {
            return (node, NONE);
        }
        let first = navigate::daughter_at(g, volume, p, NONE);
        if first == NONE {
            return (node, NONE);
        }
        let second = navigate::daughter_at(g, volume, p, first);
        if second != NONE {
            return (g.child(node, first), g.child(node, second));
        }
        node = g.child(node, first);
        p = g.to_daughter(node).point(p);
    }
}

//! Runs the threads of one block.
//!
//! Threads run one after the other to their end. A thread that reaches a
//! barrier or a warp operation is set aside with its state; when no thread can
//! run on, the waiting ones whose partners have all arrived are resolved.

use super::ctx::{Ctx, POISON, Shared};
use super::run::{Stop, run};
use crate::error::{Fault, FaultKind};
use crate::program::{Redux, Shfl, SyncOp, Vote, WarpOp, layout};
use crate::stats::{Path, Place};
use std::cmp::Reverse;
use std::sync::atomic::AtomicU64;

/// A fault and where it happened.
pub(crate) struct BlockFault {
    pub block: [u32; 3],
    pub thread: [u32; 3],
    pub fault: Fault,
}

/// Per-worker state, reused from block to block.
pub(crate) struct Worker<'p> {
    sh: Shared<'p>,
    pool: Vec<Ctx<'p>>,
    shared: Vec<AtomicU64>,
    shared_len: u64,
    shared_shadow: Vec<u8>,
    /// Executions of every basic block.
    pub counts: Vec<u64>,
    /// How often warps issued every basic block, in lockstep.
    pub issues: Vec<u64>,
    /// Threads, instructions of all threads, and of the longest one.
    pub threads: u64,
    pub executed: u64,
    pub longest: u64,
    /// Sum over warps of the longest thread's instructions, in lockstep of those issued.
    pub warp_longest: u64,
    pub nans: u64,
    pub local_peak: u64,
    /// What the threads have run, where that is kept.
    pub paths: Vec<Path>,
}

/// A block under way.
struct Running<'p> {
    ctaid: [u32; 3],
    waiting: Vec<Waiting<'p>>,
    /// Which threads have not ended.
    live: Vec<bool>,
    /// What each warp took, in instructions.
    warps: Vec<u64>,
}

struct Waiting<'p> {
    linear: u32,
    op: u32,
    ctx: Ctx<'p>,
}

impl<'p> Worker<'p> {
    pub(crate) fn new(sh: Shared<'p>) -> Self {
        let shared_len = u64::from(sh.prog.shared_bytes) + u64::from(sh.dyn_shared);
        let words = shared_len.div_ceil(8) as usize;
        Worker {
            sh,
            pool: vec![],
            shared: (0..words).map(|_| AtomicU64::new(0)).collect(),
            shared_len,
            shared_shadow: vec![0; if sh.track { shared_len as usize } else { 0 }],
            counts: vec![0; sh.prog.blocks.len()],
            issues: vec![0; sh.prog.blocks.len()],
            threads: 0,
            executed: 0,
            longest: 0,
            warp_longest: 0,
            nans: 0,
            local_peak: layout::SPACE_START,
            paths: vec![],
        }
    }

    /// Runs block `ctaid`.
    pub(crate) fn run_block(&mut self, ctaid: [u32; 3]) -> Result<(), Box<BlockFault>> {
        for w in &mut self.shared {
            *w.get_mut() = u64::from_ne_bytes([POISON; 8]);
        }
        self.shared_shadow.fill(0);
        let [nx, ny, nz] = self.sh.ntid;
        let total = nx * ny * nz;
        let warps = vec![0u64; total.div_ceil(32) as usize];
        let live = vec![true; total as usize];
        let mut arrived = [0u32; 16];
        let mut block = Running { ctaid, waiting: Vec::new(), live, warps };
        for first in (0..total).step_by(32) {
            let lanes = (first..total.min(first + 32)).map(|linear| self.thread(ctaid, linear)).collect();
            self.run_lanes(&mut block, lanes)?;
        }
        while !block.waiting.is_empty() {
            let ready = resolve(&mut block.waiting, &block.live, &mut arrived);
            if !ready.contains(&true) {
                return Err(Box::new(self.deadlock(ctaid, &block.waiting)));
            }
            let waiting = std::mem::take(&mut block.waiting).into_iter();
            let (go, stay): (Vec<_>, Vec<_>) = waiting.partition(|w| ready[w.linear as usize]);
            block.waiting = stay;
            let mut go = go.into_iter().peekable();
            while let Some(first) = go.next() {
                let warp = first.linear / 32;
                let mut lanes = vec![first];
                while let Some(next) = go.next_if(|w| w.linear / 32 == warp) {
                    lanes.push(next);
                }
                self.run_lanes(&mut block, lanes)?;
            }
            block.waiting.sort_by_key(|w| w.linear);
        }
        self.warp_longest += block.warps.iter().sum::<u64>();
        Ok(())
    }

    fn tid(&self, linear: u32) -> [u32; 3] {
        let [nx, ny, _] = self.sh.ntid;
        [linear % nx, linear / nx % ny, linear / nx / ny]
    }

    /// A thread at the kernel's entry.
    fn thread(&mut self, ctaid: [u32; 3], linear: u32) -> Waiting<'p> {
        let mut ctx = self.pool.pop().unwrap_or_else(|| Ctx::new(self.sh));
        ctx.shared = self.shared.as_ptr() as *mut u8;
        ctx.shared_len = self.shared_len;
        ctx.shared_shadow = self.shared_shadow.as_mut_ptr();
        ctx.reset(ctaid, self.tid(linear), linear);
        Waiting { linear, op: 0, ctx }
    }

    /// Runs threads of one warp until each ends or waits.
    fn run_lanes(&mut self, block: &mut Running<'p>, lanes: Vec<Waiting<'p>>) -> Result<(), Box<BlockFault>> {
        if self.sh.lockstep {
            return self.run_together(block, lanes);
        }
        for mut lane in lanes {
            let stop = run::<false>(&mut lane.ctx, &mut self.counts);
            self.settle(block, lane, stop)?;
        }
        Ok(())
    }

    /// The same, basic block by basic block. Of lanes at different places those run next that are deepest in calls, and
    /// of these those that are least advanced in the text: the others may wait for them.
    fn run_together(
        &mut self,
        block: &mut Running<'p>,
        mut lanes: Vec<Waiting<'p>>,
    ) -> Result<(), Box<BlockFault>> {
        let place = |w: &Waiting<'_>| (Reverse(w.ctx.frames.len()), w.ctx.pc);
        while let Some(next) = lanes.iter().map(place).min() {
            let cost = self.sh.prog.blocks[next.1 as usize].cost;
            self.issues[next.1 as usize] += 1;
            block.warps[lanes[0].linear as usize / 32] += u64::from(cost);
            for k in (0..lanes.len()).rev().filter(|&k| place(&lanes[k]) == next).collect::<Vec<_>>() {
                if self.sh.paths {
                    note(&mut lanes[k].ctx, cost);
                }
                let stop = run::<true>(&mut lanes[k].ctx, &mut self.counts);
                if stop != Stop::Paused {
                    let lane = lanes.remove(k);
                    self.settle(block, lane, stop)?;
                }
            }
        }
        Ok(())
    }

    /// Sets a thread aside that waits or has ended.
    fn settle(
        &mut self,
        block: &mut Running<'p>,
        mut w: Waiting<'p>,
        stop: Stop,
    ) -> Result<(), Box<BlockFault>> {
        match stop {
            Stop::Sync(op) => {
                w.op = op;
                if self.sh.paths {
                    w.ctx.path.push(vec![]);
                }
                block.waiting.push(w);
                return Ok(());
            }
            Stop::Done | Stop::Paused => {}
            Stop::Fault => {
                let unknown =
                    || Fault { kind: FaultKind::Trap, line: 0, addr: None, detail: "stopped".into() };
                let fault = w.ctx.fault.take().map_or_else(unknown, |fault| *fault);
                return Err(Box::new(BlockFault { block: block.ctaid, thread: self.tid(w.linear), fault }));
            }
        }
        block.live[w.linear as usize] = false;
        let n = w.ctx.executed;
        self.threads += 1;
        self.executed += n;
        self.longest = self.longest.max(n);
        if !self.sh.lockstep {
            let warp = &mut block.warps[w.linear as usize / 32];
            *warp = n.max(*warp);
        }
        self.nans += std::mem::take(&mut w.ctx.nans);
        self.local_peak = self.local_peak.max(w.ctx.local_peak);
        if self.sh.paths {
            self.paths.push(std::mem::take(&mut w.ctx.path));
        }
        self.pool.push(w.ctx);
        Ok(())
    }

    fn deadlock(&self, ctaid: [u32; 3], waiting: &[Waiting<'_>]) -> BlockFault {
        let first = &waiting[0];
        let line = self.sh.prog.blocks.iter().find_map(|b| match b.term {
            crate::program::Term::Sync { op, .. } if op == first.op => Some(b.line),
            _ => None,
        });
        let detail =
            format!("deadlock: {} threads of the block wait for others that do not come", waiting.len());
        let fault = Fault { kind: FaultKind::Deadlock, line: line.unwrap_or(0), addr: None, detail };
        BlockFault { block: ctaid, thread: self.tid(first.linear), fault }
    }
}

/// Notes the basic block that a thread is about to run.
fn note(ctx: &mut Ctx<'_>, cost: u32) {
    let (instructions, depth) = (cost as u16, ctx.frames.len() as u16);
    let place = Place { block: ctx.pc, instructions, depth };
    if let Some(stretch) = ctx.path.last_mut() {
        stretch.push(place);
    }
}

/// Completes what can be completed. True for the threads that can run on.
/// `waiting` is in thread order.
fn resolve(waiting: &mut [Waiting<'_>], live: &[bool], arrived: &mut [u32; 16]) -> Vec<bool> {
    let mut ready = vec![false; live.len()];
    let op = |w: &Waiting<'_>| w.ctx.sh.prog.syncs[w.op as usize];
    let get = |w: &mut Waiting<'_>, slot: u32| w.ctx.regs().get::<u32>(slot);

    // bar.arrive never waits.
    for w in waiting.iter_mut() {
        if let SyncOp::Arrive { id } = op(w) {
            arrived[(get(w, id) & 15) as usize] += 1;
            ready[w.linear as usize] = true;
        }
    }
    if ready.contains(&true) {
        return ready;
    }
    // Barriers, by number.
    let living = live.iter().filter(|&&l| l).count() as u32;
    for number in 0..16u32 {
        let mut members = Vec::new();
        let mut expected = living;
        for (k, w) in waiting.iter_mut().enumerate() {
            if let SyncOp::Bar { id, count } | SyncOp::BarRed { id, count, .. } = op(w)
                && get(w, id) & 15 == number
            {
                members.push(k);
                if let Some(c) = count {
                    expected = get(w, c);
                }
            }
        }
        let here = members.len() as u32 + arrived[number as usize];
        if members.is_empty() || here < expected {
            continue;
        }
        arrived[number as usize] = 0;
        finish_barrier(waiting, &members);
        for &k in &members {
            ready[waiting[k].linear as usize] = true;
        }
    }
    // Warp operations.
    let mut k = 0;
    while k < waiting.len() {
        let SyncOp::Warp { mask, op: wop } = op(&waiting[k]) else {
            k += 1;
            continue;
        };
        let (warp, here) = (waiting[k].linear / 32, waiting[k].op);
        let mask = get(&mut waiting[k], mask);
        let mut lanes: [Option<usize>; 32] = [None; 32];
        let near = waiting.iter().enumerate().take(k + 32).skip(k.saturating_sub(31));
        for (j, w) in near.filter(|(_, w)| w.linear / 32 == warp) {
            let same = match (op(w), wop) {
                (SyncOp::Warp { op: WarpOp::Sync, .. }, WarpOp::Sync) => true,
                _ => w.op == here,
            };
            if same && mask >> (w.linear % 32) & 1 == 1 && !ready[w.linear as usize] {
                lanes[w.linear as usize % 32] = Some(j);
            }
        }
        let complete = (0..32).all(|l| {
            let linear = (warp * 32 + l) as usize;
            let wanted = mask >> l & 1 == 1 && live.get(linear) == Some(&true);
            !wanted || lanes[l as usize].is_some()
        });
        if complete && lanes.iter().flatten().any(|&j| j == k) {
            finish_warp(waiting, &lanes, wop);
            for &j in lanes.iter().flatten() {
                ready[waiting[j].linear as usize] = true;
            }
        }
        k += 1;
    }
    ready
}

/// Writes the results of `bar.red`.
fn finish_barrier(waiting: &mut [Waiting<'_>], members: &[usize]) {
    let mut votes = Vec::new();
    for &k in members {
        let w = &mut waiting[k];
        if let SyncOp::BarRed { p, .. } = w.ctx.sh.prog.syncs[w.op as usize] {
            votes.push(w.ctx.regs().get::<bool>(p));
        }
    }
    let yes = votes.iter().filter(|&&v| v).count();
    for &k in members {
        let w = &mut waiting[k];
        if let SyncOp::BarRed { red, d, .. } = w.ctx.sh.prog.syncs[w.op as usize] {
            let v = match red {
                Vote::All => u32::from(yes == votes.len()),
                Vote::Any => u32::from(yes > 0),
                _ => yes as u32,
            };
            w.ctx.regs().put(d, v);
        }
    }
}

/// Computes a warp operation over the lanes present and writes its results.
fn finish_warp(waiting: &mut [Waiting<'_>], lanes: &[Option<usize>; 32], op: WarpOp) {
    let mut gather = |slot: u32| lanes.map(|l| l.map(|k| waiting[k].ctx.regs().get::<u64>(slot)));
    let present = |v: &[Option<u64>; 32]| v.iter().flatten().copied().collect::<Vec<_>>();
    let mut results: Vec<(usize, u32, u64)> = Vec::new();
    let each = |results: &mut Vec<_>, d: u32, f: &dyn Fn(u32, u64) -> u64, v: &[Option<u64>; 32]| {
        for (l, k) in lanes.iter().enumerate() {
            if let (Some(k), Some(x)) = (k, v[l]) {
                results.push((*k, d, f(l as u32, x)));
            }
        }
    };
    match op {
        WarpOp::Sync => {}
        WarpOp::Shfl { mode, d, p, a, b, c } => {
            let (va, vb, vc) = (gather(a), gather(b), gather(c));
            for (l, k) in lanes.iter().enumerate() {
                let Some(k) = k else { continue };
                let l = l as i64;
                let (b, c) = (vb[l as usize].unwrap_or(0), vc[l as usize].unwrap_or(0));
                let (bval, clamp, seg) = ((b & 31) as i64, (c & 31) as i64, (c >> 8 & 31) as i64);
                let max = (l & seg) | (clamp & !seg);
                let min = l & seg;
                let (j, ok) = match mode {
                    Shfl::Up => (l - bval, l - bval >= max),
                    Shfl::Down => (l + bval, l + bval <= max),
                    Shfl::Bfly => (l ^ bval, l ^ bval <= max),
                    Shfl::Idx => (min | (bval & !seg), min | (bval & !seg) <= max),
                };
                let j = if ok { j } else { l };
                // A lane outside the mask gives an undefined value: the own one.
                let v = va[j as usize].or(va[l as usize]).unwrap_or(0);
                results.push((*k, d, v));
                results.push((*k, p, u64::from(ok)));
            }
        }
        WarpOp::Vote { kind, d, p } => {
            let v = gather(p);
            let bits = (0..32).filter(|&l| v[l] == Some(1)).fold(0u64, |m, l| m | 1 << l);
            let n = present(&v).len() as u32;
            let r = match kind {
                Vote::All => u64::from(bits.count_ones() == n),
                Vote::Any => u64::from(bits != 0),
                Vote::Uni => u64::from(bits == 0 || bits.count_ones() == n),
                Vote::Ballot | Vote::Popc => bits,
            };
            each(&mut results, d, &|_, _| r, &v);
        }
        WarpOp::MatchAny { d, a } => {
            let v = gather(a);
            let same = |x: u64| (0..32).filter(|&l| v[l] == Some(x)).fold(0u64, |m, l| m | 1 << l);
            each(&mut results, d, &|_, x| same(x), &v);
        }
        WarpOp::MatchAll { d, p, a } => {
            let v = gather(a);
            let all = present(&v).windows(2).all(|w| w[0] == w[1]);
            let mask = (0..32).filter(|&l| v[l].is_some()).fold(0u64, |m, l| m | 1 << l);
            each(&mut results, d, &|_, _| if all { mask } else { 0 }, &v);
            each(&mut results, p, &|_, _| u64::from(all), &v);
        }
        WarpOp::Redux { op, d, a } => {
            let v = gather(a);
            let fold = |x: u32, y: u32| match op {
                Redux::Add => x.wrapping_add(y),
                Redux::And => x & y,
                Redux::Or => x | y,
                Redux::Xor => x ^ y,
                Redux::MinU => x.min(y),
                Redux::MaxU => x.max(y),
                Redux::MinS => (x as i32).min(y as i32) as u32,
                Redux::MaxS => (x as i32).max(y as i32) as u32,
            };
            let r = present(&v).into_iter().map(|x| x as u32).reduce(fold).unwrap_or(0);
            each(&mut results, d, &|_, _| u64::from(r), &v);
        }
    }
    for (k, d, v) in results {
        waiting[k].ctx.regs().put(d, v);
    }
}

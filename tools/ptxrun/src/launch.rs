//! Kernel launches: checks, workers, statistics.

use crate::device::Device;
use crate::device_memory::DeviceMemory;
use crate::error::LaunchError;
use crate::exec::block::{BlockFault, Worker};
use crate::exec::ctx::Shared;
use crate::module::Module;
use crate::program::{Func, Program, layout};
use crate::stats::{LineCount, OpCount, Stats};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// How to launch a kernel.
#[derive(Clone, Copy, Debug)]
pub struct LaunchConfig {
    /// Blocks in the grid.
    pub grid: [u32; 3],
    /// Threads in a block, at most 1024 in all.
    pub block: [u32; 3],
    /// Dynamic shared memory in bytes.
    pub dynamic_shared: u32,
    /// Host threads; 1 runs the blocks in order, deterministically, and 0 takes
    /// all cores.
    pub workers: usize,
    /// PTX instructions a thread may execute.
    pub budget: u64,
    /// Local memory a thread may use, in bytes.
    pub local_limit: u64,
    /// Fault on reads of memory that nothing has written. Compiled Rust does that without harm where it copies values whole:
    /// the padding behind a `bool`, the payload of a `None`.
    pub detect_uninit: bool,
    /// Run the lanes of a warp together, basic block by basic block, as a GPU does: lanes that are at the same place
    /// share the issue slots, and [`Stats::warp_efficiency`] is what is used of them. Slower.
    pub lockstep: bool,
    /// With `lockstep`: keep what each thread runs in [`Stats::paths`], 8 bytes for each basic block.
    pub paths: bool,
}

impl LaunchConfig {
    /// A one-dimensional launch.
    pub fn linear(grid: u32, block: u32) -> Self {
        LaunchConfig {
            grid: [grid, 1, 1],
            block: [block, 1, 1],
            dynamic_shared: 0,
            workers: 0,
            budget: 1 << 32,
            local_limit: 512 << 10,
            detect_uninit: false,
            lockstep: false,
            paths: false,
        }
    }

    /// The same on `n` host threads (1: sequential and deterministic).
    pub fn workers(self, n: usize) -> Self {
        LaunchConfig { workers: n, ..self }
    }

    /// The same with the lanes of a warp running together.
    pub fn lockstep(self) -> Self {
        LaunchConfig { lockstep: true, ..self }
    }
}

impl Device<'_> {
    /// Runs a kernel to its end. `args` is the argument block: every argument
    /// at the offset [`crate::KernelInfo::params`] gives (see [`crate::Args`]).
    ///
    /// After a fault the contents of the buffers are unspecified.
    ///
    /// # Errors
    /// A request that does not fit the kernel, or the first fault of a thread.
    pub fn launch(&mut self, kernel: &str, cfg: &LaunchConfig, args: &[u8]) -> Result<Stats, LaunchError> {
        self.memory.launch(self.module, kernel, cfg, args)
    }
}

impl DeviceMemory {
    /// Runs a kernel of a module that was loaded into this memory ([`DeviceMemory::load`]), as [`Device::launch`] does.
    ///
    /// # Errors
    /// A request that does not fit the kernel, or the first fault of a thread.
    pub fn launch(
        &mut self,
        module: &Module,
        kernel: &str,
        cfg: &LaunchConfig,
        args: &[u8],
    ) -> Result<Stats, LaunchError> {
        let prog = &module.program;
        let Some(k) = prog.funcs.iter().position(|f| f.name == kernel && f.is_entry) else {
            return Err(LaunchError::Invalid(format!("no kernel named {kernel}")));
        };
        check(&prog.funcs[k], cfg, args).map_err(LaunchError::Invalid)?;
        let words = args.chunks(8).map(|bytes| {
            let mut full = [0; 8];
            full[..bytes.len()].copy_from_slice(bytes);
            AtomicU64::new(u64::from_ne_bytes(full))
        });
        let params: Vec<AtomicU64> = words.collect();
        let sh = Shared {
            prog,
            mem: &self.map,
            params: &params,
            param_bytes: args.len() as u64,
            kernel: k as u32,
            ntid: cfg.block,
            nctaid: cfg.grid,
            dyn_shared: cfg.dynamic_shared,
            budget: cfg.budget,
            max_local: cfg.local_limit,
            track: cfg.detect_uninit,
            lockstep: cfg.lockstep,
            paths: cfg.paths,
        };
        let mut total = Totals::new(prog);
        match run_blocks(sh, cfg, &mut total) {
            Some(b) => {
                let BlockFault { block, thread, fault } = *b;
                Err(LaunchError::Fault { kernel: kernel.to_string(), block, thread, fault })
            }
            None => Ok(total.stats(prog, u64::from(cfg.dynamic_shared))),
        }
    }
}

/// Says why a kernel cannot be launched in this way.
fn check(f: &Func, cfg: &LaunchConfig, args: &[u8]) -> Result<(), String> {
    let (name, want) = (&f.name, f.param_bytes);
    let threads = cfg.block.iter().map(|&n| u64::from(n)).product::<u64>();
    if f.entry.is_none() {
        return Err(format!("{name} has no body"));
    }
    if args.len() != want as usize {
        return Err(format!("{name} takes {want} bytes of arguments, got {}", args.len()));
    }
    if threads == 0 || threads > 1024 {
        return Err(format!("{threads} threads in a block (1 to 1024 are possible)"));
    }
    if f.max_threads.is_some_and(|m| threads > m) {
        return Err(format!("{threads} threads in a block exceed the kernel's .maxntid"));
    }
    if u64::from(f.frame_bytes) > cfg.local_limit {
        return Err(format!("{name} needs {} bytes of local memory", f.frame_bytes));
    }
    Ok(())
}

/// Runs all blocks; the fault of the first block that has one.
fn run_blocks(sh: Shared<'_>, cfg: &LaunchConfig, total: &mut Totals) -> Option<Box<BlockFault>> {
    let blocks = cfg.grid.iter().map(|&n| u64::from(n)).product::<u64>();
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let n = if cfg.workers == 0 { cores } else { cfg.workers };
    let n = n.min(usize::try_from(blocks).unwrap_or(usize::MAX)).max(1);
    let queue = Queue { next: AtomicU64::new(0), blocks, stop: AtomicBool::new(false) };
    if n == 1 {
        let mut w = Worker::new(sh);
        let r = queue.work(&mut w, cfg.grid);
        total.add(&mut w);
        return r.err();
    }
    let shared = Mutex::new((total, None::<Box<BlockFault>>));
    std::thread::scope(|s| {
        for _ in 0..n {
            s.spawn(|| {
                let mut w = Worker::new(sh);
                let r = queue.work(&mut w, cfg.grid);
                let mut g = shared.lock().unwrap_or_else(PoisonError::into_inner);
                g.0.add(&mut w);
                if let Err(e) = r {
                    let earlier = g.1.as_ref().is_none_or(|o| rev(e.block) < rev(o.block));
                    if earlier {
                        g.1 = Some(e);
                    }
                }
            });
        }
    });
    shared.into_inner().unwrap_or_else(PoisonError::into_inner).1
}

fn rev([x, y, z]: [u32; 3]) -> [u32; 3] {
    [z, y, x]
}

/// Hands out blocks to workers.
struct Queue {
    next: AtomicU64,
    blocks: u64,
    stop: AtomicBool,
}

impl Queue {
    fn work(&self, w: &mut Worker<'_>, grid: [u32; 3]) -> Result<(), Box<BlockFault>> {
        let (gx, gy) = (u64::from(grid[0]), u64::from(grid[1]));
        while !self.stop.load(Ordering::Relaxed) {
            let k = self.next.fetch_add(1, Ordering::Relaxed);
            if k >= self.blocks {
                break;
            }
            let id = [(k % gx) as u32, (k / gx % gy) as u32, (k / gx / gy) as u32];
            if let Err(e) = w.run_block(id) {
                self.stop.store(true, Ordering::Relaxed);
                return Err(e);
            }
        }
        Ok(())
    }
}

/// Sums over workers.
struct Totals {
    counts: Vec<u64>,
    issues: Vec<u64>,
    s: Stats,
}

impl Totals {
    fn new(p: &Program) -> Self {
        let zeros = vec![0; p.blocks.len()];
        Totals { counts: zeros.clone(), issues: zeros, s: Stats::default() }
    }

    fn add(&mut self, w: &mut Worker<'_>) {
        for (a, b) in self.counts.iter_mut().zip(&w.counts) {
            *a += b;
        }
        for (a, b) in self.issues.iter_mut().zip(&w.issues) {
            *a += b;
        }
        self.s.threads += w.threads;
        self.s.instructions += w.executed;
        self.s.max_per_thread = self.s.max_per_thread.max(w.longest);
        self.s.warp_slots += 32 * w.warp_longest;
        self.s.nan_results += w.nans;
        self.s.paths.append(&mut w.paths);
        self.s.local_bytes = self.s.local_bytes.max(w.local_peak - layout::SPACE_START);
    }

    /// Executions of lines, each of which lies in one basic block.
    fn lines(&self, p: &Program) -> Vec<LineCount> {
        let mut lines = BTreeMap::new();
        for ((block, &threads), &warps) in p.blocks.iter().zip(&self.counts).zip(&self.issues) {
            let code = &p.code[block.start as usize..block.end as usize];
            for line in code.iter().map(|inst| inst.line).chain([block.line]) {
                if threads > 0 {
                    lines.insert(line, LineCount { line, threads, warps });
                }
            }
        }
        lines.into_values().collect()
    }

    fn stats(mut self, p: &Program, dyn_shared: u64) -> Stats {
        let mut by_op = vec![0u64; p.opcodes.len()];
        for (b, &n) in p.blocks.iter().zip(&self.counts) {
            for &op in &p.trace[b.trace as usize..(b.trace + b.cost) as usize] {
                by_op[op as usize] += n;
            }
        }
        self.s.shared_bytes = u64::from(p.shared_bytes) + dyn_shared;
        let ops = p.opcodes.iter().zip(by_op).filter(|(_, n)| *n > 0);
        self.s.by_opcode = ops
            .map(|(o, count)| OpCount {
                name: o.name.clone(),
                count,
                approx: o.approx,
                contractible: o.contractible,
            })
            .collect();
        self.s.by_line = self.lines(p);
        self.s.by_opcode.sort_by(|a, b| b.count.cmp(&a.count).then(a.name.cmp(&b.name)));
        self.s
    }
}

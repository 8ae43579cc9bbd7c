//! Kernels compiled from Rust to PTX, compared with the same code compiled for
//! the host, bit by bit.

#[path = "kernels/src/items.rs"]
#[allow(dead_code, unreachable_pub, clippy::all)]
mod items;
#[allow(unreachable_pub, clippy::approx_constant, clippy::excessive_precision)]
#[path = "common/propagate.rs"]
mod propagate;

use crate::common::*;
use items::*;
use ptxrun::{Args, Device, LaunchConfig, Module, Stats};

const KERNELS: &str = include_str!("ptx/kernels.ptx");
const PROPAGATE: &str = include_str!("ptx/propagate.ptx");
const N: usize = 1 << 17;

fn inputs(seed: u64, n: usize) -> Vec<u32> {
    let mut r = Random(seed);
    (0..n * IN).map(|_| r.word()).collect()
}

fn launch(kernel: &str, input: &[u32], cfg: LaunchConfig) -> (Vec<u32>, Stats) {
    let module = Module::parse(KERNELS).unwrap();
    let mut d = Device::new(&module);
    let n = input.len() / IN;
    let (a, b) = (d.upload(&bytes(input)), d.alloc(n * OUT * 4));
    let args = Args::new().ptr(a).u32(n as u32).ptr(b).bytes();
    let stats = d.launch(kernel, &cfg, &args).unwrap();
    (words(&d.download(b).unwrap()), stats)
}

/// Runs a kernel and compares it with `item`. A NaN in one of the outputs
/// `floats` has to be the device's canonical one.
fn check(kernel: &str, item: fn(&Input, &mut Output), floats: std::ops::Range<usize>) {
    let input = inputs(kernel.len() as u64, N);
    let cfg = LaunchConfig::linear((N as u32).div_ceil(192), 192);
    let (got, stats) = launch(kernel, &input, cfg);
    assert!(stats.bit_reproducible(), "{stats}");
    for (k, (x, y)) in input.chunks(IN).zip(got.chunks(OUT)).enumerate() {
        let mut want = [0; OUT];
        item(x.try_into().unwrap(), &mut want);
        for i in floats.clone() {
            if f32::from_bits(want[i]).is_nan() {
                want[i] = 0x7fff_ffff;
            }
        }
        assert_eq!(y, want, "{kernel}, item {k}, input {x:08x?}");
    }
}

#[test]
fn assembles() {
    ptxas("kernels", KERNELS);
    ptxas("propagate", PROPAGATE);
}

#[test]
fn philox_known_answers() {
    let pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0];
    let mut input = vec![0; IN];
    input.extend([u32::MAX; IN]);
    input.extend(pi);
    input.extend([0, 0]);
    let (got, _) = launch("k_random", &input, LaunchConfig::linear(1, 32));
    let want = [
        [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
        [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
        [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ];
    for (k, w) in want.iter().enumerate() {
        assert_eq!(got[k * OUT..k * OUT + 4], *w);
    }
}

#[test]
fn random_numbers() {
    check("k_random", random, 4..8);
}

#[test]
fn fresnel_equations() {
    check("k_fresnel", fresnel, 0..6);
}

#[test]
fn data_dependent_loops() {
    check("k_loops", loops, 1..3);
}

#[test]
fn local_arrays() {
    check("k_arrays", arrays, 0..0);
}

#[test]
fn jump_tables() {
    assert!(KERNELS.contains("brx.idx"));
    check("k_switch", switch, 0..0);
}

#[test]
fn wide_integers() {
    check("k_wide", wide, 0..0);
}

#[test]
fn double_precision() {
    check("k_double", double, 5..6);
}

#[test]
fn numeric_casts() {
    check("k_casts", casts, 0..0);
}

#[test]
fn function_calls() {
    assert!(KERNELS.contains(".callprototype"));
    check("k_calls", calls, 0..3);
}

#[test]
fn lookup_tables() {
    check("k_tables", tables, 0..4);
}

#[test]
fn atomics() {
    let n = N as u32 - 5;
    let input = inputs(77, n as usize);
    let module = Module::parse(KERNELS).unwrap();
    let mut bins = [0u32; 64];
    bins[33] = u32::MAX;
    bins[36] = u32::MAX;
    let mut sums = [0u64; 4];
    let (start_bins, start_sums) = (bins, sums);
    for x in input.chunks(IN) {
        bins[(x[0] & 31) as usize] += 1;
        bins[32] = bins[32].max(x[1]);
        bins[33] = bins[33].min(x[2]);
        bins[34] ^= x[3];
        bins[35] |= 1 << (x[4] & 31);
        bins[36] &= !(1 << (x[5] & 15));
        bins[37] = (bins[37] + x[7] % 7) % 1_000_003;
        sums[0] += u64::from(x[6]);
        sums[1] = sums[1].max(u64::from(x[6]) << 32 | u64::from(x[7]));
    }
    for workers in [1, 4] {
        let mut d = Device::new(&module);
        let wide: Vec<u8> = start_sums.iter().flat_map(|v| v.to_le_bytes()).collect();
        let (a, b, c) = (d.upload(&bytes(&input)), d.upload(&bytes(&start_bins)), d.upload(&wide));
        let args = Args::new().ptr(a).u32(n).ptr(b).ptr(c).bytes();
        let cfg = LaunchConfig::linear(n.div_ceil(64), 64).workers(workers);
        d.launch("k_atomics", &cfg, &args).unwrap();
        assert_eq!(words(&d.download(b).unwrap()), bins);
        let got: Vec<u64> =
            d.download(c).unwrap().chunks(8).map(|v| u64::from_le_bytes(v.try_into().unwrap())).collect();
        assert_eq!(got, sums);
    }
}

#[test]
fn photon_propagation() {
    let module = Module::parse(PROPAGATE).unwrap();
    let tab: Vec<f32> = (0..256).map(|i| 50.0 + 7.0 * i as f32).collect();
    let n = 100_000u32;
    // The kernel computes 0 / 0 and 0 * inf on the way; the hit has NaNs.
    let canonical = |v: f32| if v.is_nan() { 0x7fff_ffff } else { v.to_bits() };
    let mut want: Vec<[u32; 8]> =
        (0..n).filter_map(|i| propagate::photon(i, &tab)).map(|h| h.map(canonical)).collect();
    for workers in [1, 3] {
        let mut d = Device::new(&module);
        let table = d.upload(&tab.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>());
        let (hits, count) = (d.alloc(32 * n as usize), d.alloc_zeroed(4));
        let args = Args::new().ptr(table).u32(n).ptr(hits).u32(n).ptr(count).bytes();
        let cfg = LaunchConfig::linear(n.div_ceil(256), 256).workers(workers);
        let stats = d.launch("propagate", &cfg, &args).unwrap();
        assert_eq!(stats.local_bytes, 12);
        assert_eq!(words(&d.download(count).unwrap()), [want.len() as u32]);
        let mut got: Vec<[u32; 8]> = words(&d.download(hits).unwrap()[..32 * want.len()])
            .chunks(8)
            .map(|c| c.try_into().unwrap())
            .collect();
        if workers > 1 {
            got.sort();
            want.sort();
        }
        assert!(got == want, "hits differ with {workers} workers");
    }
}

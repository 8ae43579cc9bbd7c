//! The lanes of a warp together: the same results, and the issue slots that divergence costs.

use crate::common::*;
use ptxrun::{Args, Device, LaunchConfig, Module, Stats};

/// `body` with the lane in `%r1`, an address of its own in `%rd2`.
fn run(body: &str, cfg: LaunchConfig) -> (Vec<u32>, Stats) {
    let text = format!(
        ".version 7.0\n.target sm_80\n.address_size 64\n.visible .entry k(.param .u64 out) {{
.reg .b32 %r<9>; .reg .b64 %rd<4>; .reg .pred %p<3>;
ld.param.u64 %rd1, [out];
mov.u32 %r1, %tid.x;
mul.wide.u32 %rd2, %r1, 4;
add.s64 %rd2, %rd1, %rd2;
{body}
st.global.u32 [%rd2], %r2;
ret;
}}\n"
    );
    let module = Module::parse(&text).unwrap();
    let mut device = Device::new(&module);
    let out = device.alloc(4 * 32);
    let stats = device.launch("k", &cfg, &Args::new().ptr(out).bytes()).unwrap();
    (words(&device.download(out).unwrap()), stats)
}

/// Both sides of a branch are issued one after the other: 4 + 3 + 2 common instructions (`ret` included), 5 on one side
/// (`bra` included) and 4 on the other.
#[test]
fn both_sides_of_a_branch_take_issue_slots() {
    let body = "mov.u32 %r2, 0;\nsetp.lt.u32 %p1, %r1, 8;\n@%p1 bra LOW;\n\
        add.u32 %r2, %r2, 1;\nadd.u32 %r2, %r2, 1;\nadd.u32 %r2, %r2, 1;\nadd.u32 %r2, %r2, 1;\nbra END;\n\
        LOW:\nadd.u32 %r2, %r2, 2;\nadd.u32 %r2, %r2, 2;\nadd.u32 %r2, %r2, 2;\nadd.u32 %r2, %r2, 2;\nEND:";
    let (got, stats) = run(body, LaunchConfig::linear(1, 32).lockstep());
    let want: Vec<u32> = (0..32).map(|lane| if lane < 8 { 8 } else { 4 }).collect();
    assert_eq!(got, want);
    assert_eq!(stats.warp_slots, 32 * (9 + 5 + 4));
    assert_eq!(stats.instructions, 32 * 9 + 24 * 5 + 8 * 4);
    let of_line = |line| stats.by_line.iter().find(|l| l.line == line).map(|l| (l.threads, l.warps));
    let places = [10, 13, 19].map(of_line);
    assert_eq!(places, [Some((32, 1)), Some((24, 1)), Some((8, 1))], "before, on one side, on the other");
    let (alone, stats) = run(body, LaunchConfig::linear(1, 32));
    assert_eq!(alone, want);
    assert_eq!(stats.warp_slots, 32 * (9 + 5));
}

/// Lane `i` goes round a loop `i + 1` times; a turn is two instructions and the branch.
#[test]
fn a_loop_takes_as_long_as_its_longest_lane() {
    let body = "mov.u32 %r2, 0;\nL:\nadd.u32 %r2, %r2, 1;\nsetp.le.u32 %p1, %r2, %r1;\n@%p1 bra L;";
    let (got, stats) = run(body, LaunchConfig::linear(1, 32).lockstep());
    assert_eq!(got, (1..=32).collect::<Vec<u32>>());
    assert_eq!(stats.instructions, 32 * 7 + 3 * (32 * 33 / 2));
    assert_eq!(stats.warp_slots, 32 * (7 + 3 * 32));
}

/// A vote lets the lanes meet again: all see the votes of all, and nobody waits for ever.
#[test]
fn votes_bring_the_lanes_together() {
    let body = "mov.u32 %r2, 0;\nL:\nsetp.le.u32 %p1, %r2, %r1;\nadd.u32 %r2, %r2, 4;\n\
        vote.sync.ballot.b32 %r3, %p1, 0xffffffff;\nsetp.ne.u32 %p2, %r3, 0;\n@%p2 bra L;\nmov.u32 %r2, %r3;";
    for cfg in [LaunchConfig::linear(1, 32), LaunchConfig::linear(1, 32).lockstep()] {
        let (got, stats) = run(body, cfg);
        assert_eq!(got, [0; 32]);
        assert_eq!(stats.warp_slots, stats.instructions, "no lane is ever alone");
    }
}

/// The path of a lane: one stretch before a vote and one after, each basic block with its instructions.
#[test]
fn paths_are_kept_where_they_are_asked_for() {
    let body = "mov.u32 %r2, 0;\nsetp.lt.u32 %p1, %r1, 8;\nvote.sync.ballot.b32 %r3, %p1, 0xffffffff;\n\
        @%p1 bra END;\nadd.u32 %r2, %r2, 1;\nEND:";
    let (_, stats) = run(body, LaunchConfig { paths: true, ..LaunchConfig::linear(1, 32).lockstep() });
    assert_eq!(stats.paths.len(), 32);
    let counts = |path: &ptxrun::Path| {
        let of = |stretch: &Vec<ptxrun::Place>| stretch.iter().map(|p| p.instructions).collect::<Vec<_>>();
        path.iter().map(of).collect::<Vec<_>>()
    };
    let short = stats.paths.iter().filter(|path| counts(path) == [vec![7], vec![1, 2]]).count();
    let long = stats.paths.iter().filter(|path| counts(path) == [vec![7], vec![1, 1, 2]]).count();
    assert_eq!((short, long), (8, 24));
    assert!(stats.paths.iter().flatten().flatten().all(|place| place.depth == 0));
    let (_, stats) = run(body, LaunchConfig::linear(1, 32).lockstep());
    assert!(stats.paths.is_empty());
}

//! Gensteps appended per second: the collector, one by one and those of a track together, against
//! `Vec::extend` with the same reservation.

use std::hint::black_box;

use cfg4::collector::{CGenstepCollector, CollectError};
use cfg4::genstep::{CerenkovStep, ChargedStep, Genstep};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Gensteps of an event, as many as a 1 GeV muon makes.
const GENSTEPS: usize = 3500;
const RESERVATION: i64 = 4000;

fn gensteps() -> Vec<Genstep> {
    let genstep = |i: u32| {
        let step = ChargedStep { num_photons: i % 1000, ..ChargedStep::default() };
        CerenkovStep { step, ..CerenkovStep::default() }.to_genstep()
    };
    (0..GENSTEPS as u32).map(genstep).collect()
}

fn collect_all(collector: &mut CGenstepCollector, gensteps: &[Genstep]) -> Result<(), CollectError> {
    for genstep in gensteps {
        collector.collect_genstep(genstep)?;
    }
    Ok(())
}

fn append(c: &mut Criterion) {
    let gensteps = gensteps();
    let mut group = c.benchmark_group("append_gensteps_3500_reserved_4000");
    group.throughput(Throughput::Elements(GENSTEPS as u64));
    group.bench_function("vec_extend", |b| {
        b.iter(|| {
            let mut words: Vec<f32> = Vec::with_capacity(Genstep::WORDS * RESERVATION as usize);
            let words = black_box(&mut words);
            for genstep in black_box(&gensteps) {
                words.extend(genstep.as_words());
            }
            black_box(words);
        });
    });
    let mut collector = CGenstepCollector::new();
    collector.set_reservation(RESERVATION);
    group.bench_function("collector", |b| {
        b.iter(|| {
            let collector = black_box(&mut collector);
            let collected = collect_all(collector, black_box(&gensteps));
            collector.reset();
            collected
        });
    });
    group.bench_function("collector_64_at_a_time", |b| {
        b.iter(|| {
            let collector = black_box(&mut collector);
            let mut tracks = black_box(&gensteps).chunks(64);
            let collected = tracks.try_for_each(|track| collector.collect_gensteps(track));
            collector.reset();
            collected
        });
    });
    group.finish();
}

criterion_group!(benches, append);
criterion_main!(benches);

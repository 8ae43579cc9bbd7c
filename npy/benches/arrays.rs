//! Items appended per second against `Vec::extend`, and bandwidth of .npy files against plain files.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use npy::{NPY, NPYAppender, NPYMap};

/// Gensteps of a 1 GeV muon event, and the reservation that the 2021 note recommends.
const GENSTEPS: usize = 3500;
const RESERVATION: usize = 4000;
const ITEM_VALUES: usize = 24;

/// Photons of the file benches: 64 MiB.
const PHOTONS: usize = 1 << 20;
const PHOTON_VALUES: usize = 16;

/// The arrays lie behind references that the compiler cannot see through, as in programs that fill them.
fn append(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("append_gensteps_3500");
    group.throughput(Throughput::Elements(GENSTEPS as u64));
    let item: [f32; ITEM_VALUES] = std::array::from_fn(|i| i as f32);

    group.bench_function("npy_add_reserved", |bencher| {
        let mut array = NPY::<f32>::make(&[0, 6, 4]).unwrap();
        array.set_reservation(RESERVATION as i64);
        bencher.iter(|| {
            let array = black_box(&mut array);
            for _ in 0..GENSTEPS {
                let item: &[f32; ITEM_VALUES] = black_box(&item);
                array.add(item).unwrap();
            }
            black_box(array.values());
            array.reset();
        });
    });
    group.bench_function("vec_extend_reserved", |bencher| {
        bencher.iter(|| {
            let mut values: Vec<f32> = Vec::with_capacity(RESERVATION * ITEM_VALUES);
            let values = black_box(&mut values);
            for _ in 0..GENSTEPS {
                let item: &[f32; ITEM_VALUES] = black_box(&item);
                values.extend(item);
            }
            black_box(values);
        });
    });
    group.bench_function("npy_add_doubling", |bencher| {
        let mut array = NPY::<f32>::make(&[0, 6, 4]).unwrap();
        bencher.iter(|| {
            let array = black_box(&mut array);
            for _ in 0..GENSTEPS {
                let item: &[f32; ITEM_VALUES] = black_box(&item);
                array.add(item).unwrap();
            }
            black_box(array.values());
            array.reset();
        });
    });
    group.bench_function("vec_extend_doubling", |bencher| {
        bencher.iter(|| {
            let mut values: Vec<f32> = Vec::new();
            let values = black_box(&mut values);
            for _ in 0..GENSTEPS {
                let item: &[f32; ITEM_VALUES] = black_box(&item);
                values.extend(item);
            }
            black_box(values);
        });
    });
    group.finish();
}

fn files(criterion: &mut Criterion) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("photons.npy");
    let plain = directory.path().join("photons.bin");
    let values: Vec<f32> = (0..PHOTONS * PHOTON_VALUES).map(|i| i as f32).collect();
    let photons = NPY::from_vec(values, &[PHOTONS as u64, 4, 4]).unwrap();
    let bytes = photons.bytes().to_vec();

    let mut group = criterion.benchmark_group("file_64mib");
    group.sample_size(10).throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("write_plain", |bencher| bencher.iter(|| fs::write(&plain, &bytes).unwrap()));
    group.bench_function("npy_save", |bencher| bencher.iter(|| photons.save(&path).unwrap()));
    group.bench_function("npy_append_by_photon", |bencher| {
        bencher.iter(|| {
            let mut appender = NPYAppender::<f32>::create(&path, &[4, 4]).unwrap();
            photons.items().for_each(|photon| appender.add(photon).unwrap());
            appender.finish().unwrap()
        });
    });
    group.bench_function("read_plain", |bencher| bencher.iter(|| fs::read(&plain).unwrap()));
    group.bench_function("npy_load", |bencher| bencher.iter(|| NPY::<f32>::load(&path).unwrap()));
    group.bench_function("npy_map_and_sum", |bencher| {
        bencher.iter(|| NPYMap::<f32>::open(&path).unwrap().values().iter().sum::<f32>());
    });
    group.bench_function("copy_memory", |bencher| {
        bencher.iter_batched(|| (), |()| black_box(bytes.clone()), BatchSize::PerIteration);
    });
    group.finish();
}

criterion_group!(benches, append, files);
criterion_main!(benches);

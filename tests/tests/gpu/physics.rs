//! Generation, solids, processes, elementary functions and random numbers, one by one.

use optixrap::engine::{Batch, EventInput};
use optixrap::launch::{
    GeneratedPhoton, ProbeParameters, ProcessAnswer, ProcessProbe, SolidAnswer, SolidProbe, Span, generated,
    process, process_kind, random_words, solid_answer,
};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::SceneData;
use ptxrun::LaunchConfig;

use super::device::{Gpu, bytes};
use super::scenes;

pub(crate) const SEED: u64 = 0x1234_5678_9abc_def0;

/// What a kernel answers to `n` questions.
pub(crate) fn ask<Q: bytemuck::Pod, A: bytemuck::Pod>(
    scene: &SceneData,
    kernel: &'static str,
    questions: &[Q],
    n: usize,
) -> Vec<A> {
    let mut gpu = Gpu::new(scene, kernel, None);
    let questions = gpu.upload(questions);
    let answers: Span = gpu.zeroed::<A>(n);
    let parameters = ProbeParameters { scene: gpu.scene_addresses(), seed: SEED, questions, answers };
    gpu.run(kernel, &LaunchConfig::linear(n.div_ceil(64) as u32, 64), &parameters);
    gpu.download(&answers, n as u64)
}

/// Numbers in -1 to 1 that repeat themselves from run to run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 23) as f32 - 1.0
    }

    fn direction(&mut self) -> Vec3 {
        vec3(self.next(), self.next(), self.next()).normalized()
    }

    fn point(&mut self, scale: f32) -> Vec3 {
        vec3(self.next() * scale, self.next() * scale, self.next() * scale)
    }
}

#[test]
fn generation() {
    let scene = scenes::cube();
    for (name, light) in scenes::lights(&scene) {
        let mut batch = Batch::default();
        let sensors = None;
        let (gensteps, input_photons) = (&light.gensteps[..], &[][..]);
        if light.input_photons.is_empty() {
            batch.add(&scene, &EventInput { event_id: 0, gensteps, input_photons, sensors }, None).unwrap();
        }
        for genstep in batch.gensteps {
            let n = genstep.n_photons;
            let gpu: Vec<GeneratedPhoton> = ask(&scene, "probe_generation", &[genstep], n as usize);
            let cpu: Vec<_> = (0..n).map(|i| generated(&scene.view(), &genstep, SEED, i)).collect();
            assert!(bytes(&gpu) == bytes(&cpu), "{name}");
        }
    }
}

#[test]
fn rays_against_every_solid() {
    [scenes::solids(), scenes::more_solids()].iter().for_each(shoot);
}

fn shoot(scene: &SceneData) {
    let n_solids = scene.geometry().solids.records.len() as u32;
    let mut numbers = Numbers(1);
    let questions: Vec<SolidProbe> = (0..200 * n_solids)
        .map(|i| SolidProbe {
            origin: numbers.point(if i % 3 == 0 { 60.0 } else { 120.0 }),
            direction: numbers.direction(),
            solid: i % n_solids,
            tolerance_mm: 1e-4,
        })
        .collect();
    let gpu: Vec<SolidAnswer> = ask(scene, "probe_solids", &questions, questions.len());
    let cpu: Vec<_> = questions.iter().map(|q| solid_answer(&scene.view(), q)).collect();
    let entered = cpu.iter().filter(|a| a.to_in_mm.is_finite()).count();
    let inside = cpu.iter().filter(|a| a.contains != 0).count();
    assert!(entered > 500 && inside > 500, "{entered} entered, {inside} inside");
    for (i, (gpu, cpu)) in gpu.iter().zip(&cpu).enumerate() {
        assert!(bytes(&[*gpu]) == bytes(&[*cpu]), "{:?}: {gpu:?}, not {cpu:?}", questions[i]);
    }
}

/// Photons that fly towards a plane, in every process.
fn at_processes(scene: &SceneData, n: u32) -> Vec<ProcessProbe> {
    let tables = scene.view().tables;
    let (materials, surfaces) = (tables.materials, tables.surfaces.len() as u32);
    let reemits = materials.iter().position(|m| m.reemits != 0).unwrap() as u32;
    let mut numbers = Numbers(2);
    let probe = |i: u32| {
        let (direction, normal) = (numbers.direction(), numbers.direction());
        let normal = if normal.dot(direction) > 0.0 { -normal } else { normal };
        let polarization = direction.cross(numbers.direction()).normalized();
        let kind = i % 6;
        let index = match kind {
            process_kind::REEMISSION => reemits,
            process_kind::SURFACE => i / 6 % surfaces,
            _ => i / 6 % materials.len() as u32,
        };
        let arguments = if kind == process_kind::MATHS {
            [3.0 * numbers.next(), numbers.next()]
        } else {
            [1.3 + 0.3 * numbers.next(), 1.3 + 0.3 * numbers.next()]
        };
        let (d, e) = (direction, polarization);
        let wavelength_nm = 450.0 + 300.0 * numbers.next();
        let state = [0.0, 0.0, 0.0, 0.0, d.x, d.y, d.z, 1.0, e.x, e.y, e.z, wavelength_nm];
        ProcessProbe { kind, index, arguments, state, normal, event: i % 3, photon: u64::from(i) << 20 }
    };
    (0..n).map(probe).collect()
}

#[test]
fn processes_and_elementary_functions() {
    let scene = scenes::cube();
    let questions = at_processes(&scene, 6000);
    let gpu: Vec<ProcessAnswer> = ask(&scene, "probe_processes", &questions, questions.len());
    for (question, gpu) in questions.iter().zip(&gpu) {
        let cpu = process(&scene.view(), SEED, question);
        assert!(bytes(&[*gpu]) == bytes(&[cpu]), "{question:?}: {gpu:?}, not {cpu:?}");
    }
}

#[test]
fn random_numbers() {
    let scene = scenes::cube();
    let questions = at_processes(&scene, 500);
    let gpu: Vec<[u32; 16]> = ask(&scene, "probe_random", &questions, questions.len());
    for (question, gpu) in questions.iter().zip(&gpu) {
        assert_eq!(*gpu, random_words(SEED, question));
    }
}

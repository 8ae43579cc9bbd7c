//! Many events at once: the results of each are those that it has alone.

use cfg4::genstep::Genstep;
use optixrap::cuda::CudaOptions;
use optixrap::engine::{
    ChunkOutput, Engine, EngineChoice, EngineError, EngineOptions, EventInput, PropagateConfig,
};

use super::support::{assert_same, engine_or_skip, event, gather, gensteps, on_cpu, scaled, tile_scene};
use crate::scenes::point_torch;

#[test]
fn events_of_a_batch_have_the_bits_that_they_have_alone() {
    let scene = tile_scene();
    let config = PropagateConfig { way: true, histories: true, ..PropagateConfig::default() };
    for launch_photons in [None, Some(333)] {
        let options = CudaOptions { launch_photons, ..CudaOptions::default() };
        let Some(engine) = engine_or_skip(&options) else { return };
        let sizes = [40, 0, 700, 3, 1, 0, scaled(&engine, 900), 20];
        let gensteps: Vec<Vec<Genstep>> = sizes.iter().map(|&n| gensteps(n)).collect();
        let inputs: Vec<EventInput> = gensteps.iter().zip(10..).map(|(g, id)| event(id, g)).collect();
        let mut outputs = vec![ChunkOutput::default(); inputs.len()];
        let mut last = 0;
        let mut sink = |i: usize, part: &ChunkOutput| {
            assert!(i >= last, "event {i} after event {last}");
            last = i;
            gather(&mut outputs[i], part);
            Ok(())
        };
        let summaries = engine.propagate_batch(&scene, &inputs, &config, &mut sink).unwrap();
        for (i, got) in summaries.into_iter().zip(outputs).enumerate() {
            let cpu = on_cpu(&scene, &inputs[i], &config);
            assert_same(&got, &cpu, &format!("event {i}, launches of {launch_photons:?}"));
        }
        if launch_photons.is_none() && sizes[6] == 900 {
            assert_eq!(engine.report().totals().launches - engine.report().totals().repeated, 1);
        }
    }
}

#[test]
fn the_cpu_engine_takes_batches_too_and_errors_name_the_event() {
    let scene = tile_scene();
    let good = gensteps(100);
    let bad = [point_torch(5, [0.0; 3]), Genstep::fabricated(5, 0)];
    let inputs = [event(4, &good), event(9, &bad)];
    for choice in [EngineChoice::Cpu, EngineChoice::Auto] {
        let (engine, _) = Engine::new(&EngineOptions { choice, ..EngineOptions::default() }).unwrap();
        let mut photons = 0;
        let mut sink = |i: usize, part: &ChunkOutput| {
            assert_eq!(i, 0);
            photons += part.summary.photons;
            Ok(())
        };
        let config = PropagateConfig::default();
        let summaries = engine.propagate_batch(&scene, &inputs[..1], &config, &mut sink).unwrap();
        assert_eq!((summaries.len(), summaries[0].photons), (1, 100));
        assert_eq!(photons, 100);
        let error = engine.propagate_batch(&scene, &inputs, &config, &mut |_, _| Ok(())).unwrap_err();
        assert!(matches!(&error, EngineError::Event { event_id: 9, .. }), "{error}");
        assert!(error.to_string().contains("event 9: genstep 1"), "{error}");
    }
}

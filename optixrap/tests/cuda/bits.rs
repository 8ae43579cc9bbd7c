//! The same bits, whatever is asked for, however the photons are launched, and on however many devices.

use optixrap::cuda::{CudaOptions, DeviceChoice};
use optixrap::engine::PropagateConfig;
use optixrap::physics::sensor::{AngularGrid, SensorRecord, Sensors};

use cfg4::genstep::Genstep;

use super::support::{assert_same, engine_or_skip, event, gensteps, on_cpu, on_gpu, scaled, tile_scene};

#[test]
fn whatever_is_asked_for_has_the_bits_of_the_cpu_engine() {
    let Some(engine) = engine_or_skip(&CudaOptions::default()) else { return };
    let scene = tile_scene();
    let gensteps = gensteps(scaled(&engine, 2_000));
    let base = PropagateConfig { seed: 11, ..PropagateConfig::default() };
    let all = PropagateConfig { way: true, photons: true, records: true, histories: true, ..base.clone() };
    let configs = [
        ("hits", base.clone()),
        ("ways", PropagateConfig { way: true, ..base.clone() }),
        ("photons", PropagateConfig { photons: true, ..base.clone() }),
        ("histories", PropagateConfig { histories: true, ..base.clone() }),
        ("everything", all),
        ("absorbed photons as hits", PropagateConfig { hit_mask: 8, ..base.clone() }),
        ("no hits", PropagateConfig { hit_mask: u32::MAX, ..base.clone() }),
        ("a part", PropagateConfig { range: Some(100..777), ..base.clone() }),
        ("nothing", PropagateConfig { range: Some(5..5), ..base }),
    ];
    for (what, config) in configs {
        let input = event(7, &gensteps);
        let cpu = on_cpu(&scene, &input, &config);
        assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, what);
    }
}

#[test]
fn the_size_of_launches_changes_nothing() {
    let scene = tile_scene();
    let config = PropagateConfig { way: true, histories: true, ..PropagateConfig::default() };
    for launch_photons in [1, 97, 1000] {
        let options = CudaOptions { launch_photons: Some(launch_photons), ..CudaOptions::default() };
        let Some(engine) = engine_or_skip(&options) else { return };
        let gensteps = gensteps(launch_photons.clamp(20, 500) as u32 * 4);
        let input = event(3, &gensteps);
        let cpu = on_cpu(&scene, &input, &config);
        assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, &format!("{launch_photons} per launch"));
        let totals = engine.report().totals();
        assert!(totals.launches >= cpu.0.photons / launch_photons, "{totals:?}");
        assert!(totals.photons >= cpu.0.photons && totals.bytes_down > 0, "{totals:?}");
    }
}

#[test]
fn every_device_gives_the_same_and_so_do_all_together() {
    let launch_photons = Some(300);
    let all = CudaOptions { devices: DeviceChoice::All, launch_photons, ..CudaOptions::default() };
    let Some(engine) = engine_or_skip(&all) else { return };
    let scene = tile_scene();
    let config = PropagateConfig { way: true, ..PropagateConfig::default() };
    let gensteps = gensteps(3_000);
    let input = event(1, &gensteps);
    let cpu = on_cpu(&scene, &input, &config);
    assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, "all devices");
    for device in engine.devices() {
        let devices = DeviceChoice::These(vec![device.name.index]);
        let one = engine_or_skip(&CudaOptions { devices, ..all.clone() }).unwrap();
        assert_same(&on_gpu(&one, &scene, &input, &config), &cpu, &device.name.to_string());
    }
}

#[test]
fn input_photons_and_sensor_data_are_followed() {
    let options = CudaOptions { launch_photons: Some(70), ..CudaOptions::default() };
    let Some(engine) = engine_or_skip(&options) else { return };
    let scene = tile_scene();
    let photons: Vec<[f32; 16]> = (0..200)
        .map(|i| {
            let x = i as f32 - 100.0;
            [x, 0.5 * x, 0.0, 0.1, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 420.0, 0.0, 0.0, 0.0, 0.0]
        })
        .collect();
    let gensteps = [Genstep::emit_source(150, 4), gensteps(300)[0], Genstep::emit_source(50, 9)];
    let records = [SensorRecord { efficiency_1: 0.9, efficiency_2: 0.8, category: 0, identifier: 17 }];
    let grid = AngularGrid::new([1, 2, 1], [0.0, 180.0], [0.0, 360.0]);
    let config = PropagateConfig { way: true, photons: true, ..PropagateConfig::default() };
    for angular in [[1.0, 0.5], [0.3, 0.7]] {
        let sensors = Some(Sensors { records: &records, grid, angular: &angular });
        let input = optixrap::engine::EventInput {
            event_id: 2,
            gensteps: &gensteps,
            input_photons: &photons,
            sensors,
        };
        let cpu = on_cpu(&scene, &input, &config);
        assert_same(&on_gpu(&engine, &scene, &input, &config), &cpu, &format!("{angular:?}"));
    }
}
